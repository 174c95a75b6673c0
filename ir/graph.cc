#include "ir/graph.h"

#include <algorithm>
#include <unordered_set>

template class std::vector<cortado::ir::NamedArgument>;

namespace cortado::ir {

Argument::Argument() = default;
Argument::Argument(const Argument&) = default;
Argument::Argument(Argument&&) noexcept = default;
Argument& Argument::operator=(const Argument&) = default;
Argument& Argument::operator=(Argument&&) noexcept = default;
Argument::~Argument() = default;

struct Graph::Names {
  std::unordered_set<std::string> taken;
};

std::string Source::text() const {
  std::string text;
  if (!file.empty()) text = file + ":" + std::to_string(line) + (code.empty() ? "" : ": " + code);
  if (!module.empty()) text += text.empty() ? "in " + module : " (in " + module + ")";
  return text;
}

const Argument* Node::find(std::string_view argument) const {
  for (const NamedArgument& entry : arguments)
    if (entry.name == argument) return &entry.value;
  return nullptr;
}

std::string Graph::unique_name(std::string_view wanted) const {
  std::string name(wanted);
  for (int i = 1; names_ && names_->taken.count(name) != 0; ++i) name = std::string(wanted) + "_" + std::to_string(i);
  return name;
}

void Graph::rename(Value& value, std::string_view wanted) {
  names_->taken.erase(value.name);
  value.name = unique_name(wanted);
  names_->taken.insert(value.name);
}

Value* Graph::add_value(std::string name, ValueKind kind, Type type) {
  if (!names_) names_ = std::make_shared<Names>();
  auto value = std::make_unique<Value>();
  value->name = unique_name(name);
  names_->taken.insert(value->name);
  value->kind = kind;
  value->type = std::move(type);
  values_.push_back(std::move(value));
  return values_.back().get();
}

Value* Graph::add_input(std::string name, Type type) {
  inputs.push_back(add_value(std::move(name), ValueKind::input, std::move(type)));
  return inputs.back();
}

Value* Graph::add_constant(std::string name, Tensor data, std::string source_name) {
  Value* value = add_value(std::move(name), ValueKind::constant, Type{data.dtype(), data.shape(), {}, {}});
  value->data = std::move(data);
  value->source_name = std::move(source_name);
  return value;
}

Value* Graph::add_state(std::string name, Tensor data, std::string source_name) {
  Value* value = add_constant(std::move(name), std::move(data), std::move(source_name));
  value->kind = ValueKind::state;
  return value;
}

Value* Graph::add_scratch(std::string name, std::int64_t size_bytes) {
  return add_value(std::move(name), ValueKind::scratch, Type{DType::u8, {size_bytes}, {}, {}});
}

void Graph::link(Node& node) {
  for (Value* value : input_values(node))
    if (std::find(value->users.begin(), value->users.end(), &node) == value->users.end()) value->users.push_back(&node);
}

void Graph::unlink(Node& node) {
  for (Value* value : input_values(node))
    value->users.erase(std::remove(value->users.begin(), value->users.end(), &node), value->users.end());
}

Node* Graph::insert(const Node* before, std::string op, std::string name, std::vector<NamedArgument> arguments,
                    std::vector<Type> types, Source source) {
  auto position = std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& node) { return node.get() == before; });
  Node* node = nodes_.insert(position, std::make_unique<Node>())->get();
  node->op = std::move(op);
  node->arguments = std::move(arguments);
  node->source = std::move(source);
  node->name = unique_name(name);
  for (std::size_t i = 0; i < types.size(); ++i) {
    Value* value = add_value(i == 0 ? node->name : node->name + "_" + std::to_string(i), ValueKind::result, types[i]);
    value->producer = node;
    node->outputs.push_back(value);
  }
  link(*node);
  return node;
}

void Graph::set_argument(Node& node, std::string_view argument, Argument value) {
  unlink(node);
  auto found = std::find_if(node.arguments.begin(), node.arguments.end(),
                            [&](const NamedArgument& entry) { return entry.name == argument; });
  if (found != node.arguments.end())
    found->value = std::move(value);
  else
    node.arguments.push_back({std::string(argument), std::move(value)});
  link(node);
}

void Graph::replace_arguments(Node& node, std::vector<NamedArgument> arguments) {
  unlink(node);
  node.arguments = std::move(arguments);
  link(node);
}

void Graph::erase(Node& node) {
  unlink(node);
  for (Value* output : node.outputs) {
    names_->taken.erase(output->name);
    values_.erase(
        std::find_if(values_.begin(), values_.end(), [&](const auto& value) { return value.get() == output; }));
  }
  nodes_.erase(std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& entry) { return entry.get() == &node; }));
}

std::vector<Node*> Graph::snapshot() const {
  std::vector<Node*> nodes;
  nodes.reserve(nodes_.size());
  for (const auto& node : nodes_) nodes.push_back(node.get());
  return nodes;
}

void Graph::replace_uses(Value& from, Value& to) {
  const std::vector<Node*> users = from.users;
  for (Node* node : users) {
    unlink(*node);
    for (auto& argument : node->arguments)
      for_each_value(argument.value, [&](Value*& value) {
        if (value == &from) value = &to;
      });
    link(*node);
  }
  for (Output& output : outputs_)
    if (output.value == &from) output.value = &to;
  for (Mutation& mutation : mutations_)
    if (mutation.value == &from) mutation.value = &to;
}

void Graph::add_output(Value& value, std::string name) { outputs_.push_back({&value, std::move(name)}); }
void Graph::add_mutation(Value& target, Value& value) { mutations_.push_back({&target, &value}); }
void Graph::set_output(std::size_t index, Value& value) { outputs_[index].value = &value; }
void Graph::set_mutation(std::size_t index, Value& value) { mutations_[index].value = &value; }

bool Graph::is_output(const Value& value) const {
  return std::any_of(outputs_.begin(), outputs_.end(), [&](const Output& output) { return output.value == &value; });
}

std::size_t Graph::use_count(const Value& value) const {
  std::size_t count = value.users.size();
  for (const Output& output : outputs_) count += output.value == &value;
  for (const Mutation& mutation : mutations_) count += mutation.value == &value;
  return count;
}

void Graph::remove_dead() {
  const std::vector<Node*> nodes = snapshot();
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    const auto& outputs = (*node)->outputs;
    if (std::all_of(outputs.begin(), outputs.end(), [&](const Value* value) { return use_count(*value) == 0; }))
      erase(**node);
  }
  std::erase_if(values_, [&](const auto& value) {
    const bool removable = value->kind == ValueKind::constant || value->kind == ValueKind::scratch;
    if (!removable || use_count(*value) != 0) return false;
    names_->taken.erase(value->name);
    return true;
  });
}

std::vector<Value*> input_values(const Node& node) {
  std::vector<Value*> values;
  for (const auto& argument : node.arguments)
    for_each_value(argument.value, [&](Value* value) { values.push_back(value); });
  return values;
}

}  // namespace cortado::ir
