// pad() by mode becomes the operator of that mode.
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

Status canonicalise(Rewriter& rewrite, const ops::Operands& operands) {
  if (operands.text("mode") != "constant") return {};
  CORTADO_TRY(ir::Value * y, rewrite.add("aten::constant_pad_nd.default", {{"self", operands.value("self")},
                                                                          {"pad", operands.argument("pad")},
                                                                          {"value", operands.number("value")}}));
  rewrite.replace_and_erase(*y);
  return {};
}

}  // namespace

Status canonical_padding(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    Rewriter rewrite(graph, *node);
    if (node->op == "aten::pad.default") CORTADO_CHECK(canonicalise(rewrite, operands_of(*node)));
  }
  return {};
}

}  // namespace cortado::compiler
