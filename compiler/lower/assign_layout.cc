#include "compiler/lower/assign_layout.h"

#include <map>

#include "compiler/lower/layout/choice.h"
#include "compiler/lower/layout/clone.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

class Assignment {
 public:
  Assignment(ir::Graph& graph, const LayoutOptions& options)
      : graph_(graph), options_(options), choice_(graph, options.contiguous_ports, options.native) {}

  void run() {
    for (const auto& value : graph_.values())
      if (has_order(*value)) made_in_[value.get()] = choice_.made_in(*value);
    for (ir::Node* node : graph_.snapshot()) {
      std::vector<ir::NamedArgument> arguments = node->arguments;
      for (ir::NamedArgument& argument : arguments)
        ir::for_each_value(argument.value, [&](ir::Value*& value) { value = operand(*node, *value); });
      graph_.replace_arguments(*node, std::move(arguments));
    }
    // The copies were made with the types of their originals, whose orders are set last: the choice reads them.
    for (const auto& [value, order] : made_in_) value->type.dim_order = dim_order_of(order);
    write_back_in_order();
    if (options_.contiguous_ports) give_in_logical_order();
  }

 private:
  ir::Value* operand(const ir::Node& node, ir::Value& value) {
    if (has_order(value)) {
      const Order order = choice_.taken_in(node, value);
      return order == made_in_.at(&value) ? &value
             : is_degenerate(value)       ? renamed(&node, value, order)
                                          : copy(&node, value, order);
    }
    if (value.kind == ir::ValueKind::constant && value.type.shape.size() == 4)
      if (const auto order = choice_.constant_order(node)) return constant(value, *order);
    return &value;
  }

  // The same bytes under the order that the operator knows.
  ir::Value* renamed(const ir::Node* before, ir::Value& value, Order order) {
    ir::Value*& made = copies_[{&value, order}];
    if (made != nullptr) return made;
    ir::Type type = value.type;
    type.dim_order = dim_order_of(order);
    made = ops::insert_alias(graph_, before, value.name, &value, type, source_of(value))->outputs[0];
    return made;
  }

  static ir::Source source_of(const ir::Value& value) {
    return value.producer != nullptr ? value.producer->source : ir::Source{};
  }

  ir::Value* copy(const ir::Node* before, ir::Value& value, Order order) {
    ir::Value*& made = copies_[{&value, order}];
    if (made != nullptr) return made;
    ir::Type type = value.type;
    type.dim_order = dim_order_of(order);
    made = insert_clone(graph_, before, value, std::move(type), source_of(value));
    return made;
  }

  ir::Value* constant(ir::Value& value, Order order) {
    if (order == Order::contiguous) return &value;
    ir::Value*& made = copies_[{&value, order}];
    if (made != nullptr) return made;
    made = graph_.add_constant(value.name, value.data, value.source_name);
    made->type = value.type;
    made->type.dim_order = dim_order_of(order);
    return made;
  }

  // What is written to a mutable buffer lies as the buffer does.
  void write_back_in_order() {
    const std::vector<ir::Mutation> mutations = graph_.mutations();
    for (std::size_t i = 0; i < mutations.size(); ++i) {
      const ir::Mutation& mutation = mutations[i];
      if (!has_order(*mutation.value) || is_degenerate(*mutation.value)) continue;
      const Order order = made_in_.at(mutation.target);
      if (made_in_.at(mutation.value) != order) graph_.set_mutation(i, *copy(nullptr, *mutation.value, order));
    }
  }

  void give_in_logical_order() {
    const std::vector<ir::Output> outputs = graph_.outputs();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      ir::Value& value = *outputs[i].value;
      if (!has_order(value) || order_of(value.type) == Order::contiguous) continue;
      const bool free = is_degenerate(value);
      graph_.set_output(i,
                        free ? *renamed(nullptr, value, Order::contiguous) : *copy(nullptr, value, Order::contiguous));
    }
  }

  ir::Graph& graph_;
  const LayoutOptions& options_;
  LayoutChoice choice_;
  std::map<ir::Value*, Order> made_in_;  // values that were there before the copies
  std::map<std::pair<ir::Value*, Order>, ir::Value*> copies_;
};

}  // namespace

Status assign_layout(ir::Graph& graph, const LayoutOptions& options) {
  Assignment(graph, options).run();
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
