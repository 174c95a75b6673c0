#include "compiler/lower/explicit_layout.h"

#include <algorithm>

#include "compiler/lower/layout/clone.h"
#include "compiler/lower/layout/orders.h"
#include "ops/alias/alias.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

constexpr std::string_view pad_op = "cortex_m::pad.out";
constexpr std::int64_t to_nhwc[4] = {0, 2, 3, 1};
constexpr std::int64_t to_nchw[4] = {0, 3, 1, 2};  // also: where a dimension of N, C, H, W is in N, H, W, C

bool is_image(const ir::Value& value) {
  return value.type.shape.size() == 4 && order_of(value.type) == Order::channels_last;
}

bool touches_images(const ir::Node& node) {
  const auto inputs = ir::input_values(node);
  const auto image = [](const ir::Value* value) { return is_image(*value); };
  return std::any_of(inputs.begin(), inputs.end(), image) ||
         std::any_of(node.outputs.begin(), node.outputs.end(), image);
}

// Operands that broadcast along dimensions which are elsewhere now.
bool broadcasts_by_position(const ir::Node& node) {
  bool found = false;
  for (const ir::NamedArgument& argument : node.arguments)
    ir::for_each_value(argument.value, [&](const ir::Value* value) {
      const bool is_table = argument.name == "lut" || value->kind == ir::ValueKind::scratch;
      found |= !is_table && value->type.shape.size() != 4 && value->type.elements() > 1;
    });
  return found;
}

Status to_transpose(ir::Graph& graph, ir::Node& node) {
  ir::Value* from = ir::input_values(node).front();
  const auto& order = is_image(*node.outputs[0]) ? to_nhwc : to_nchw;
  const std::vector<std::int64_t> permutation(std::begin(order), std::end(order));
  const bool int8 = from->type.dtype == DType::i8;
  graph.replace_arguments(node, {{int8 ? "input" : "self", from}, {int8 ? "perm" : "dims", permutation}});
  node.op = int8 ? "cortex_m::transpose.out" : "aten::permute_copy.out";
  return {};
}

Status to_explicit(ir::Graph& graph, ir::Node& node) {
  const std::string base = node.op.substr(0, node.op.rfind('.'));
  if (ops::registry().find_wire(base + "_nhwc.out") != nullptr) {
    node.op = base + "_nhwc.out";
    return {};
  }
  const ir::Shape& shape = node.outputs[0]->type.shape;
  const bool misread = node.op == pad_op && (shape[2] == 1 || (shape[3] == 1 && shape[1] == 1));
  if (misread || broadcasts_by_position(node))
    return ops::at_node(input_error("it has no form for explicit layout", "leave the option out for this model"), node);
  if (const ir::Argument* dim = node.find("dim"); dim != nullptr && std::holds_alternative<std::int64_t>(*dim))
    graph.set_argument(node, "dim", to_nchw[ops::Operands::dimension(std::get<std::int64_t>(*dim), 4)]);
  return {};
}

// The same bytes under the shape in which they lie.
void spell_out(ir::Value& value) {
  if (value.kind == ir::ValueKind::constant || value.kind == ir::ValueKind::state)
    value.data = ir::to_physical(value.data, value.type.dim_order);
  const ir::Shape logical = value.type.shape;
  for (std::size_t i = 0; i < 4; ++i) value.type.shape[i] = logical[static_cast<std::size_t>(to_nhwc[i])];
  value.type.dim_order.clear();
}

}  // namespace

Status explicit_layout(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!touches_images(*node) || ops::is_alias(*node)) continue;
    CORTADO_CHECK(node->op == clone_op ? to_transpose(graph, *node) : to_explicit(graph, *node));
  }
  for (const auto& value : graph.values())
    if (is_image(*value)) spell_out(*value);
  return {};
}

}  // namespace cortado::compiler
