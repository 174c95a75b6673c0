// Which memory order every activation of rank 4 gets: the choice that moves the fewest bytes.
//
// Operators that take any order, but the same for all operands, tie their values into groups; each group has one order.
// A value is copied once for every order besides its own in which some operator takes it, unless both orders are the
// same bytes. Permutations cost a pass over their data where the orders do not make them a renaming. The orders of the
// groups start as the model's inputs lie, and change one at a time as long as the sum of moved bytes falls.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "compiler/lower/layout/orders.h"

namespace cortado::compiler {

class LayoutChoice {
 public:
  // contiguous_ports: inputs are given, and outputs wanted, in logical order. native: see node_rule().
  LayoutChoice(const ir::Graph& graph, bool contiguous_ports, bool native);

  // The order in which the value is made (or given by the caller).
  Order made_in(const ir::Value& value) const;
  // The order in which the node takes its operand.
  Order taken_in(const ir::Node& node, const ir::Value& value) const;
  // The order of an operand of rank 4 that is a constant; nullopt where the node does not care or lowers it itself.
  std::optional<Order> constant_order(const ir::Node& node) const;
  // The order that a mutable buffer and what is written to it share.
  Order group_order(const ir::Value& value) const { return orders_[group(value)]; }

 private:
  void tie(const ir::Value& a, const ir::Value& b);
  std::size_t group(const ir::Value& value) const;
  void tie_operands(const ir::Graph& graph);
  void prefer_declared_orders(const ir::Graph& graph);
  void improve(const ir::Graph& graph);
  std::int64_t moved_bytes(const ir::Graph& graph) const;
  bool is_free_permutation(const ir::Node& node) const;

  NodeRule rule_of(const ir::Node& node) const { return node_rule(node, native_); }

  bool contiguous_ports_, native_;
  std::vector<const ir::Value*> values_;
  std::unordered_map<const ir::Value*, std::size_t> index_;
  std::vector<std::size_t> parent_;  // union-find over values_
  std::vector<Order> orders_;        // by root
  std::vector<bool> has_declared_;   // by root: an input says how it lies
};

}  // namespace cortado::compiler
