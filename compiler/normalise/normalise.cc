#include "compiler/normalise/normalise.h"

#include <array>

#include "compiler/normalise/passes.h"

namespace cortado::compiler {
namespace {

constexpr std::array passes = {
    NormalisePass{"functionalise",
                  "first: every other pass replaces values, which only holds when nothing is written in place",
                  functionalise},
    NormalisePass{"fold_constants",
                  "weights that the program transposes or reshapes must look like weights to what follows",
                  fold_constants},
    NormalisePass{"rewrite_operators", "one way to say a thing, so that every later pass knows one", rewrite_operators},
    NormalisePass{"fold_batch_norm", "needs its convolution or linear layer in the canonical form", fold_batch_norm},
    NormalisePass{"raise_activations",
                  "rewriting has put views between layers and their activations, which are one operator in int8",
                  raise_activations},
    NormalisePass{"fold_constants", "limits that rewriting has made constants decide how a clamp is said",
                  fold_constants},
    NormalisePass{"rewrite_operators",
                  "batch norm without a layer before it has left numbers and views; raised activations, views of views",
                  rewrite_operators},
    NormalisePass{"fold_constants", "what the rewritings have made of constants", fold_constants},
};

}  // namespace

std::span<const NormalisePass> normalise_passes() { return passes; }

Status normalise(ir::Graph& graph) {
  for (const NormalisePass& pass : passes) CORTADO_CHECK(pass.run(graph));
  return {};
}

}  // namespace cortado::compiler
