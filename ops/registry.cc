#include <algorithm>
#include <cassert>

#include "ops/all_operators.h"  // generated from operators.cmake
#include "ops/definition.h"

namespace cortado::ops {

void Registry::add(Definition definition) {
  std::string op(definition.op);
  definitions_.insert_or_assign(std::move(op), std::move(definition));
}

void Registry::add(WireOperator wire) {
  std::string op(wire.name);
  wires_.insert_or_assign(std::move(op), std::move(wire));
}

void Registry::set_rewrite(std::initializer_list<std::string_view> ops, Status (*rewrite)(const Operands&, Rewriter&)) {
  for (std::string_view op : ops) {
    const auto found = definitions_.find(std::string(op));
    assert(found != definitions_.end());
    if (found != definitions_.end()) found->second.rewrite = rewrite;
  }
}

void Registry::set_float_form(std::initializer_list<std::string_view> ops, Status (*form)(const Operands&, Rewriter&)) {
  for (std::string_view op : ops) {
    const auto found = definitions_.find(std::string(op));
    assert(found != definitions_.end());
    if (found != definitions_.end()) found->second.float_form = form;
  }
}

const Definition* Registry::find(std::string_view op) const {
  const auto found = definitions_.find(std::string(op));
  return found != definitions_.end() ? &found->second : nullptr;
}

const WireOperator* Registry::find_wire(std::string_view op) const {
  const auto found = wires_.find(std::string(op));
  return found != wires_.end() ? &found->second : nullptr;
}

std::vector<const Definition*> Registry::definitions() const {
  std::vector<const Definition*> rows;
  for (const auto& [name, definition] : definitions_) rows.push_back(&definition);
  std::sort(rows.begin(), rows.end(), [](auto* a, auto* b) { return a->op < b->op; });
  return rows;
}

std::vector<const WireOperator*> Registry::wire_operators() const {
  std::vector<const WireOperator*> rows;
  for (const auto& [name, wire] : wires_) rows.push_back(&wire);
  std::sort(rows.begin(), rows.end(), [](auto* a, auto* b) { return a->name < b->name; });
  return rows;
}

const Registry& registry() {
  static const Registry all = [] {
    Registry registry;
    add_all_operators(registry);
    return registry;
  }();
  return all;
}

}  // namespace cortado::ops
