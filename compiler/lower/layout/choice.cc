#include "compiler/lower/layout/choice.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cortado::compiler {
namespace {

std::vector<const ir::Value*> operands_with_order(const ir::Node& node) {
  std::vector<const ir::Value*> operands;
  for (const ir::Value* value : ir::input_values(node))
    if (has_order(*value)) operands.push_back(value);
  for (const ir::Value* value : node.outputs)
    if (has_order(*value)) operands.push_back(value);
  return operands;
}

std::optional<Order> fixed_order(NodeRule rule) {
  if (rule == NodeRule::contiguous) return Order::contiguous;
  if (rule == NodeRule::channels_last) return Order::channels_last;
  return std::nullopt;
}

}  // namespace

LayoutChoice::LayoutChoice(const ir::Graph& graph, bool contiguous_ports, bool native)
    : contiguous_ports_(contiguous_ports), native_(native) {
  for (const auto& value : graph.values()) {
    if (!has_order(*value)) continue;
    index_[value.get()] = values_.size();
    parent_.push_back(values_.size());
    values_.push_back(value.get());
  }
  orders_.assign(values_.size(), Order::contiguous);
  tie_operands(graph);
  prefer_declared_orders(graph);
  improve(graph);
}

std::size_t LayoutChoice::group(const ir::Value& value) const {
  std::size_t i = index_.at(&value);
  while (parent_[i] != i) i = parent_[i];
  return i;
}

void LayoutChoice::tie(const ir::Value& a, const ir::Value& b) {
  const std::size_t first = group(a);
  const std::size_t second = group(b);
  parent_[std::max(first, second)] = std::min(first, second);
}

void LayoutChoice::tie_operands(const ir::Graph& graph) {
  for (const auto& node : graph.nodes()) {
    if (rule_of(*node) != NodeRule::same) continue;
    const auto operands = operands_with_order(*node);
    for (const ir::Value* operand : operands) tie(*operands[0], *operand);
  }
  for (const ir::Mutation& mutation : graph.mutations())
    if (has_order(*mutation.target) && has_order(*mutation.value)) tie(*mutation.target, *mutation.value);
}

void LayoutChoice::prefer_declared_orders(const ir::Graph& graph) {
  for (const ir::Value* input : graph.inputs)
    if (!contiguous_ports_ && has_order(*input) && order_of(input->type) == Order::channels_last)
      orders_[group(*input)] = Order::channels_last;
}

bool LayoutChoice::is_free_permutation(const ir::Node& node) const {
  const ir::Value& from = *ir::input_values(node).front();
  const ir::Value& to = *node.outputs[0];
  const auto order = [&](const ir::Value& value) {
    return has_order(value) ? dim_order_of(orders_[group(value)]) : std::vector<std::uint8_t>{};
  };
  return permutation_is_free(node, order(from), order(to));
}

Order LayoutChoice::made_in(const ir::Value& value) const {
  if (value.producer != nullptr) {
    const NodeRule rule = rule_of(*value.producer);
    if (const auto fixed = fixed_order(rule)) return *fixed;
    if (rule == NodeRule::flexible && !is_free_permutation(*value.producer)) return Order::contiguous;
    return orders_[group(value)];
  }
  if (contiguous_ports_ && value.kind == ir::ValueKind::input) return Order::contiguous;
  // The caller gives it as the operators want it: where all want one order, that one.
  std::array<bool, 2> wanted{};
  for (const ir::Node* user : value.users) wanted[static_cast<std::size_t>(taken_in(*user, value))] = true;
  if (wanted[0] != wanted[1]) return wanted[1] ? Order::channels_last : Order::contiguous;
  return orders_[group(value)];
}

Order LayoutChoice::taken_in(const ir::Node& node, const ir::Value& value) const {
  const NodeRule rule = rule_of(node);
  if (const auto fixed = fixed_order(rule)) return *fixed;
  if (rule == NodeRule::flexible && !is_free_permutation(node)) return Order::contiguous;
  return orders_[group(value)];
}

std::optional<Order> LayoutChoice::constant_order(const ir::Node& node) const {
  if (rule_of(node) != NodeRule::same) return std::nullopt;
  const auto operands = operands_with_order(node);
  if (operands.empty()) return std::nullopt;
  return orders_[group(*operands[0])];
}

std::int64_t LayoutChoice::moved_bytes(const ir::Graph& graph) const {
  std::int64_t moved = 0;
  for (const ir::Value* value : values_) {
    if (is_degenerate(*value)) continue;
    std::array<bool, 2> needed{};
    needed[static_cast<std::size_t>(made_in(*value))] = true;
    for (const ir::Node* user : value->users) needed[static_cast<std::size_t>(taken_in(*user, *value))] = true;
    if (contiguous_ports_ && graph.is_output(*value)) needed[0] = true;
    if (needed[0] && needed[1]) moved += static_cast<std::int64_t>(value->type.size_bytes());
  }
  for (const auto& node : graph.nodes())
    if (rule_of(*node) == NodeRule::flexible && !is_free_permutation(*node))
      moved += static_cast<std::int64_t>(node->outputs[0]->type.size_bytes());
  return moved;
}

void LayoutChoice::improve(const ir::Graph& graph) {
  std::int64_t best = moved_bytes(graph);
  for (bool improved = true; improved && best > 0;) {
    improved = false;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (parent_[i] != i) continue;
      const Order kept = orders_[i];
      orders_[i] = kept == Order::contiguous ? Order::channels_last : Order::contiguous;
      const std::int64_t moved = moved_bytes(graph);
      if (moved < best) {
        best = moved;
        improved = true;
      } else {
        orders_[i] = kept;
      }
    }
  }
}

}  // namespace cortado::compiler
