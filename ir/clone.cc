#include "ir/clone.h"

#include <unordered_map>

namespace cortado::ir {
namespace {

class Cloning {
 public:
  explicit Cloning(const Graph& from) : from_(from) {
    to_.method_name = from.method_name;
    to_.input_spec = from.input_spec;
    to_.output_spec = from.output_spec;
  }

  Graph run() && {
    for (const auto& value : from_.values()) clone_value(*value);
    to_.inputs.clear();
    for (const Value* input : from_.inputs) to_.inputs.push_back(twins_.at(input));
    for (const auto& node : from_.nodes()) clone_node(*node);
    for (const Output& output : from_.outputs()) to_.add_output(*twins_.at(output.value), output.name);
    for (const Mutation& mutation : from_.mutations())
      to_.add_mutation(*twins_.at(mutation.target), *twins_.at(mutation.value));
    return std::move(to_);
  }

 private:
  void place(const Value& original, Value* twin) {
    twin->type = original.type;
    twins_[&original] = twin;
  }

  void clone_value(const Value& value) {
    if (value.kind == ValueKind::input) place(value, to_.add_input(value.name, value.type));
    if (value.kind == ValueKind::constant) place(value, to_.add_constant(value.name, value.data, value.source_name));
    if (value.kind == ValueKind::state) place(value, to_.add_state(value.name, value.data, value.source_name));
    if (value.kind == ValueKind::scratch) place(value, to_.add_scratch(value.name, value.type.elements()));
  }

  void clone_node(const Node& node) {
    std::vector<NamedArgument> arguments = node.arguments;
    for (NamedArgument& argument : arguments)
      for_each_value(argument.value, [&](Value*& value) { value = twins_.at(value); });
    std::vector<Type> types;
    for (const Value* output : node.outputs) types.push_back(output->type);
    Node* twin = to_.append(node.op, node.name, std::move(arguments), std::move(types), node.source);
    twin->name = node.name;
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      to_.rename(*twin->outputs[i], node.outputs[i]->name);
      place(*node.outputs[i], twin->outputs[i]);
    }
  }

  const Graph& from_;
  Graph to_;
  std::unordered_map<const Value*, Value*> twins_;
};

}  // namespace

Graph clone(const Graph& graph) { return Cloning(graph).run(); }

}  // namespace cortado::ir
