// The one data structure of the compiler: a list of nodes in order of execution, and the values between them.
//
// Nodes and values belong to their graph and keep their addresses. Every change of an argument goes through the
// graph, which keeps the lists of users right. Operator names are "aten::conv2d.default" (PyTorch's overloads)
// and "cortex_m::quantized_conv2d.out" (ExecuTorch's); a node's operator is meaningful to ops/ alone.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ir/type.h"

namespace cortado::ir {

struct Node;

enum class ValueKind : std::uint8_t {
  input,     // given by the caller at every run
  constant,  // known at compile time: weights, tables, buffers that never change
  state,     // a mutable buffer: `data` is its first content, Graph::mutations say what is written back
  result,    // computed by `producer`
  scratch,   // memory that one node uses while it runs
};

struct Value {
  std::string name;  // unique in the graph
  ValueKind kind = ValueKind::result;
  Type type;
  Tensor data;               // constant and state: the content, in logical order
  std::string source_name;   // constant and state: the parameter's name in the user's module ("features.0.weight")
  Node* producer = nullptr;  // result only
  std::vector<Node*> users;  // one entry per node that takes it, however often; kept by Graph
};

using None = std::monostate;
using ValueList = std::vector<Value*>;  // entries may be null where the schema has Tensor?[]

struct Argument : std::variant<None, Value*, ValueList, bool, std::int64_t, double, std::string,
                               std::vector<std::int64_t>, std::vector<double>, std::vector<bool>, DType> {
  using variant::variant;
  // Out of line, as std::vector<NamedArgument> below: instantiating them in every file was a tenth of a build's time.
  Argument();
  Argument(const Argument&);
  Argument(Argument&&) noexcept;
  Argument& operator=(const Argument&);
  Argument& operator=(Argument&&) noexcept;
  ~Argument();
  bool is_none() const { return index() == 0; }
};

struct NamedArgument {
  std::string name;
  Argument value;
};
}  // namespace cortado::ir

extern template class std::vector<cortado::ir::NamedArgument>;

namespace cortado::ir {

// Where the user wrote it, for messages. All fields may be empty.
struct Source {
  std::string file;
  int line = 0;
  std::string code;    // the line's text
  std::string module;  // "features.0.1"
  std::string custom;  // PyTorch's node.meta["custom"], JSON text: what a quantizer noted at the node

  std::string text() const;  // "net.py:31: x = self.conv(x) (in features.0.1)", "" when unknown
};

struct Node {
  std::string op;
  std::string name;                      // unique in the graph
  std::vector<NamedArgument> arguments;  // those given, in schema order; read them with ops::Operands
  std::vector<Value*> outputs;
  Source source;
  const Argument* find(std::string_view argument) const;  // null when not given
};

struct Output {
  Value* value = nullptr;
  std::string name;
};

// At the end of a run `value` becomes the content of `target`.
struct Mutation {
  Value* target = nullptr;  // ValueKind::state, or ::input for an input that the user's module changes in place
  Value* value = nullptr;
};

class Graph {
 public:
  using NodeList = std::list<std::unique_ptr<Node>>;

  Graph() = default;
  Graph(Graph&&) = default;
  Graph& operator=(Graph&&) = default;

  std::string method_name = "forward";
  std::vector<Value*> inputs;           // user inputs in pytree order
  std::string input_spec, output_spec;  // torch's pytree specs, as JSON text; may be empty

  // --- values
  Value* add_input(std::string name, Type type);
  Value* add_constant(std::string name, Tensor data, std::string source_name = {});
  Value* add_state(std::string name, Tensor data, std::string source_name = {});
  Value* add_scratch(std::string name, std::int64_t size_bytes);
  const std::vector<std::unique_ptr<Value>>& values() const { return values_; }
  // A free name that starts like `wanted`.
  std::string unique_name(std::string_view wanted) const;
  // Gives the value the name, or a free one that starts like it.
  void rename(Value& value, std::string_view wanted);

  // --- nodes
  // Inserts before `before` (null = at the end). One result value is made per entry of `types`; the first is named
  // like the node.
  Node* insert(const Node* before, std::string op, std::string name, std::vector<NamedArgument> arguments,
               std::vector<Type> types, Source source = {});
  Node* append(std::string op, std::string name, std::vector<NamedArgument> arguments, std::vector<Type> types,
               Source source = {}) {
    return insert(nullptr, std::move(op), std::move(name), std::move(arguments), std::move(types), std::move(source));
  }
  void set_argument(Node& node, std::string_view argument, Argument value);
  void replace_arguments(Node& node, std::vector<NamedArgument> arguments);
  // Erases a node whose outputs have no users and are not outputs of the graph.
  void erase(Node& node);
  const NodeList& nodes() const { return nodes_; }
  // Nodes as they are now, for loops that insert and erase.
  std::vector<Node*> snapshot() const;

  // --- edges
  // Every node, output and mutation that takes `from` takes `to`.
  void replace_uses(Value& from, Value& to);
  void add_output(Value& value, std::string name);
  void add_mutation(Value& target, Value& value);
  void set_output(std::size_t index, Value& value);
  void set_mutation(std::size_t index, Value& value);  // what is written back, not where
  const std::vector<Output>& outputs() const { return outputs_; }
  const std::vector<Mutation>& mutations() const { return mutations_; }
  bool is_output(const Value& value) const;
  // Users among nodes, outputs and mutations together.
  std::size_t use_count(const Value& value) const;

  // Removes nodes that nothing depends on, and constants and scratch without users.
  void remove_dead();

 private:
  Value* add_value(std::string name, ValueKind kind, Type type);
  void link(Node& node);
  void unlink(Node& node);

  std::vector<std::unique_ptr<Value>> values_;
  NodeList nodes_;
  std::vector<Output> outputs_;
  std::vector<Mutation> mutations_;
  struct Names;
  std::shared_ptr<Names> names_;
};

// Calls f(Value*&) for every value that an argument names (null entries are skipped).
template <class F>
void for_each_value(Argument& argument, F f) {
  if (auto* value = std::get_if<Value*>(&argument)) {
    if (*value != nullptr) f(*value);
  } else if (auto* list = std::get_if<ValueList>(&argument)) {
    for (Value*& entry : *list)
      if (entry != nullptr) f(entry);
  }
}
template <class F>
void for_each_value(const Argument& argument, F f) {
  for_each_value(const_cast<Argument&>(argument), [&](Value*& value) { f(value); });
}

// All values that a node takes, in order, with repetitions.
std::vector<Value*> input_values(const Node& node);

}  // namespace cortado::ir
