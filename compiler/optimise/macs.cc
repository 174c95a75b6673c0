#include "compiler/optimise/macs.h"

#include <string_view>

#include "ops/stage_draft.h"

namespace cortado::compiler {
namespace {

std::uint64_t elements(const ir::Value* value) {
  return value != nullptr ? static_cast<std::uint64_t>(value->type.elements()) : 0;
}

// Elements of an image without its channels.
std::uint64_t pixels(const ir::Value& image, bool is_nhwc) {
  const ir::Shape& s = image.type.shape;
  return s.size() != 4 ? 0 : static_cast<std::uint64_t>(is_nhwc ? s[0] * s[1] * s[2] : s[0] * s[2] * s[3]);
}

std::uint64_t macs(const ir::Node& node) {
  const bool is_nhwc = node.op.ends_with("_nhwc.out");
  const auto starts = [&](std::string_view name) { return node.op.starts_with(name); };
  if (starts("cortex_m::quantized_conv2d") || starts("cortex_m::quantized_depthwise_conv2d"))
    return elements(ops::value_of(node, "weight")) * pixels(*node.outputs[0], is_nhwc);
  if (starts("cortex_m::quantized_transpose_conv2d"))
    return elements(ops::value_of(node, "weight")) * pixels(*ops::value_of(node, "input"), is_nhwc);
  const ir::Value* right = starts("cortex_m::quantized_linear")         ? ops::value_of(node, "weights")
                           : starts("cortex_m::quantized_batch_matmul") ? ops::value_of(node, "rhs_transposed")
                                                                        : nullptr;
  if (right == nullptr || right->type.shape.empty()) return 0;
  return elements(node.outputs[0]) * static_cast<std::uint64_t>(right->type.shape.back());
}

}  // namespace

std::uint64_t int8_macs(const ir::Graph& graph) {
  std::uint64_t sum = 0;
  for (const auto& node : graph.nodes()) sum += macs(*node);
  return sum;
}

}  // namespace cortado::compiler
