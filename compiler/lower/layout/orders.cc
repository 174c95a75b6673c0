#include "compiler/lower/layout/orders.h"

#include <algorithm>

namespace cortado::compiler {
namespace {

ir::Type reordered(ir::Type type, const std::vector<std::uint8_t>& dim_order) {
  type.dim_order = dim_order;
  return type;
}

// A concatenation of tensors of rank 4, which all lie in one order. ExecuTorch's kernel takes them for contiguous.
bool joins_images(const ir::Node& node) {
  const auto parts = ir::input_values(node);
  return node.op == "aten::cat.default" &&
         std::all_of(parts.begin(), parts.end(), [](const ir::Value* part) { return part->type.shape.size() == 4; });
}

}  // namespace

bool any_quantized(const ir::Node& node) {
  const auto is_quantized = [](const ir::Value* value) { return value->type.is_quantized(); };
  const auto inputs = ir::input_values(node);
  return std::any_of(inputs.begin(), inputs.end(), is_quantized) ||
         std::any_of(node.outputs.begin(), node.outputs.end(), is_quantized);
}

bool has_order(const ir::Value& value) { return value.type.shape.size() == 4 && value.kind != ir::ValueKind::constant; }

bool is_degenerate(const ir::Value& value) {
  const ir::Shape& shape = value.type.shape;
  return shape[1] == 1 || (shape[2] == 1 && shape[3] == 1);
}

std::vector<std::uint8_t> significant_order(const ir::Type& type) {
  std::vector<std::uint8_t> dims = type.full_dim_order();
  std::erase_if(dims, [&](std::uint8_t dim) { return type.shape[dim] == 1; });
  return dims;
}

ir::Shape memory_shape(const ir::Type& type) {
  ir::Shape sizes;
  for (std::uint8_t dim : type.full_dim_order()) sizes.push_back(type.shape[dim]);
  return sizes;
}

std::vector<std::uint8_t> dim_order_of(Order order) {
  return order == Order::channels_last ? ir::channels_last_order : std::vector<std::uint8_t>{};
}

Order order_of(const ir::Type& type) {
  return type.dim_order == ir::channels_last_order ? Order::channels_last : Order::contiguous;
}

NodeRule node_rule(const ir::Node& node, bool native) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr) return NodeRule::same;  // an operator of the wire: its operands lie as the model has them
  if (definition->permutation != nullptr) return NodeRule::flexible;
  if (native && joins_images(node)) return NodeRule::same;
  const bool is_real = !any_quantized(node) && definition->float_layout.has_value();
  switch (is_real ? *definition->float_layout : definition->layout) {
    case ops::LayoutRule::channels_last: return NodeRule::channels_last;
    case ops::LayoutRule::same: return NodeRule::same;
    case ops::LayoutRule::contiguous: break;
  }
  return NodeRule::contiguous;
}

bool permutation_is_free(const ir::Node& node, const std::vector<std::uint8_t>& input,
                         const std::vector<std::uint8_t>& output) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || definition->permutation == nullptr) return false;
  const std::vector<std::int64_t> permutation = definition->permutation(ops::Operands(node, definition->schema));
  const ir::Type& from = ir::input_values(node).front()->type;
  const ir::Type& to = node.outputs[0]->type;
  if (permutation.size() != from.shape.size() || permutation.size() != to.shape.size()) return false;
  // Dimension d of the output is dimension permutation[d] of the input.
  std::vector<std::uint8_t> renamed;
  for (std::uint8_t dim : significant_order(reordered(to, output)))
    renamed.push_back(static_cast<std::uint8_t>(permutation[dim]));
  return renamed == significant_order(reordered(from, input));
}

}  // namespace cortado::compiler
