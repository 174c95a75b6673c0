#include "compiler/normalise/normalise.h"

#include <array>

#include "compiler/normalise/passes.h"

namespace cortado::compiler {
namespace {

constexpr std::array passes = {
    NormalisePass{"functionalise", "first: every other pass replaces values, which only holds when nothing is written in place",
                  functionalise},
    NormalisePass{"remove_identities", "what changes nothing would stand between operators that belong together",
                  remove_identities},
    NormalisePass{"canonical_padding", "constant borders have an integer kernel", canonical_padding},
    NormalisePass{"canonical_convolutions", "one convolution to fold into and to quantize, however it was exported",
                  canonical_convolutions},
    NormalisePass{"canonical_products", "the same for matrix products", canonical_products},
    NormalisePass{"fold_batch_norm", "needs its convolution or linear layer in the canonical form", fold_batch_norm},
    NormalisePass{"plain_pooling", "pooling has integer kernels for windows that are all alike", plain_pooling},
    NormalisePass{"spell_out_numbers", "numbers beside tensors are quantized like any constant", spell_out_numbers},
    NormalisePass{"remove_unused_views", "the passes before leave views that undo each other", remove_identities},
};

}  // namespace

std::span<const NormalisePass> normalise_passes() { return passes; }

Status normalise(ir::Graph& graph) {
  for (const NormalisePass& pass : passes) CORTADO_CHECK(pass.run(graph));
  return {};
}

}  // namespace cortado::compiler
