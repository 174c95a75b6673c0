#include "ops/host/rewrites.h"

#include <algorithm>

namespace cortado::ops {
namespace {

ir::Value* first_argument(const Operands& operands) { return operands.value(operands.schema()[0].name); }

}  // namespace

Status to_first_argument(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = first_argument(operands);
  const ir::Type& type = operands.output_type();
  if (x->type.shape != type.shape || x->type.dtype != type.dtype) return {};
  for (std::size_t i = 1; i < operands.node().outputs.size(); ++i)
    if (rewriter.graph().use_count(*operands.node().outputs[i]) != 0) return {};
  return rewriter.finish({x});
}

Status to_view(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = first_argument(operands);
  // A view of a view is a view of the first one's source.
  while (!rewriter.graph_is_quantized() && x->producer != nullptr && x->producer->op == "aten::view.default")
    x = *std::get_if<ir::Value*>(x->producer->find("self"));
  if (x->type.shape == operands.output_type().shape) return rewriter.finish({x});
  if (operands.node().op == "aten::view.default" && x == first_argument(operands)) return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::view.default", {{"self", x}, {"size", operands.output_type().shape}}));
  return rewriter.finish({y});
}

Status to_permute(const Operands& operands, Rewriter& rewriter) {
  const std::vector<std::int64_t> order = registry().find(operands.node().op)->permutation(operands);
  const ir::Shape& shape = first_argument(operands)->type.shape;
  std::int64_t last = -1;
  bool keeps_order = true;
  for (std::int64_t dim : order) {
    if (shape[static_cast<std::size_t>(dim)] == 1) continue;
    keeps_order = keeps_order && dim > last;
    last = dim;
  }
  const bool is_identity = std::is_sorted(order.begin(), order.end());
  if (is_identity || (keeps_order && !rewriter.graph_is_quantized())) return to_view(operands, rewriter);
  if (operands.node().op == "aten::permute.default") return {};
  CORTADO_TRY(ir::Value* y, rewriter.permute(first_argument(operands), order));
  return rewriter.finish({y});
}

}  // namespace cortado::ops
