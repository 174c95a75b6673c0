// Poolings whose windows are all alike become avg_pool2d.default or max_pool2d.default: adaptive ones whose output
// divides their input, means over height and width, maxima with places that nobody reads.
#include <algorithm>

#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

using Integers = std::vector<std::int64_t>;

Result<ir::Value*> average(Rewriter& rewrite, ir::Value* x, const Integers& window) {
  return rewrite.add("aten::avg_pool2d.default", {{"self", x},
                                                  {"kernel_size", window},
                                                  {"stride", window},
                                                  {"padding", Integers{0, 0}},
                                                  {"ceil_mode", false},
                                                  {"count_include_pad", false}});
}

Status plain_adaptive(Rewriter& rewrite, const ops::Operands& operands) {
  ir::Value* x = operands.value("self");
  const ir::Shape& in = x->type.shape;
  const ir::Shape& out = operands.output_type().shape;
  if (in.size() != 4 || out[2] < 1 || out[3] < 1 || in[2] % out[2] != 0 || in[3] % out[3] != 0) return {};
  CORTADO_TRY(ir::Value * y, average(rewrite, x, {in[2] / out[2], in[3] / out[3]}));
  rewrite.replace_and_erase(*y);
  return {};
}

// The spatial dimensions that a mean reduces, as a window: whole height and width, or one of them. Empty: others.
Integers spatial_window(const ops::Operands& operands) {
  const ir::Shape& shape = operands.type("self").shape;
  if (shape.size() != 4 || !operands.has("dim")) return {};
  Integers window = {1, 1};
  for (std::int64_t given : operands.integers("dim")) {
    const std::size_t dim = ops::Operands::dimension(given, 4);
    if (dim < 2) return {};
    window[dim - 2] = shape[dim];
  }
  return operands.integers("dim").empty() ? Integers{} : window;
}

Status plain_mean(Rewriter& rewrite, const ops::Operands& operands) {
  const Integers window = spatial_window(operands);
  if (window.empty() || operands.has("dtype") || !is_float(operands.type("self").dtype)) return {};
  CORTADO_TRY(ir::Value * y, average(rewrite, operands.value("self"), window));
  CORTADO_TRY(y, rewrite.view(y, operands.output_type().shape));
  rewrite.replace_and_erase(*y);
  return {};
}

Status plain_maximum(Rewriter& rewrite, ir::Node& node) {
  if (rewrite.graph().use_count(*node.outputs[1]) != 0) return {};
  CORTADO_TRY(ir::Value * y, rewrite.add("aten::max_pool2d.default", node.arguments));
  rewrite.replace_and_erase(*y);
  return {};
}

}  // namespace

Status plain_pooling(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    Rewriter rewrite(graph, *node);
    if (node->op == "aten::adaptive_avg_pool2d.default" || node->op == "aten::_adaptive_avg_pool2d.default")
      CORTADO_CHECK(plain_adaptive(rewrite, operands_of(*node)));
    else if (node->op == "aten::mean.dim")
      CORTADO_CHECK(plain_mean(rewrite, operands_of(*node)));
    else if (node->op == "aten::max_pool2d_with_indices.default")
      CORTADO_CHECK(plain_maximum(rewrite, *node));
  }
  return {};
}

}  // namespace cortado::compiler
