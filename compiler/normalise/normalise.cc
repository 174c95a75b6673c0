#include "compiler/normalise/normalise.h"

#include <array>

#include "compiler/normalise/passes.h"

namespace cortado::compiler {
namespace {

constexpr std::array passes = {
    NormalisePass{"functionalise", "first: every other pass replaces values, which only holds when nothing is written in place",
                  functionalise},
};

}  // namespace

std::span<const NormalisePass> normalise_passes() { return passes; }

Status normalise(ir::Graph& graph) {
  for (const NormalisePass& pass : passes) CORTADO_CHECK(pass.run(graph));
  return {};
}

}  // namespace cortado::compiler
