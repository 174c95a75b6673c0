// In-place operators become functional ones: y = relu_(x) is y = relu(x), and whoever read x afterwards reads y.
//
// Values that share memory form a family: a base (an input, a buffer, a result) and views of it. Writing into one of
// them makes a new base, by putting the written part back through the views that lead to it; the other views are made
// again from the new base where they are next read.
#include <algorithm>
#include <unordered_map>

#include "compiler/import/in_place.h"
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

// "aten::relu_.default" → "aten::relu.default"
std::string functional_name(std::string op) {
  const std::size_t dot = op.find('.');
  if (dot != std::string::npos && dot > 0 && op[dot - 1] == '_') op.erase(dot - 1, 1);
  return op;
}

bool ends_in_underscore(const std::string& op) {
  const std::size_t dot = op.find('.');
  return dot != std::string::npos && dot > 1 && op[dot - 1] == '_' && op[dot - 2] != '_';
}

class Functionaliser {
 public:
  explicit Functionaliser(ir::Graph& graph) : graph_(graph) {}
  Status run();

 private:
  struct Alias {
    ir::Value* parent = nullptr;  // what it is a view of
    ir::Node* view = nullptr;     // by which node; null: it is the same tensor
    std::size_t output = 0;
    int version = 0;  // of the base that `current` belongs to
    ir::Value* current = nullptr;
  };
  struct Base {
    int version = 0;
    ir::Value* current = nullptr;
  };

  ir::Value* root(ir::Value* value) const;
  Result<ir::Value*> resolve(ir::Value* value, ir::Node& reader);
  Status resolve_arguments(ir::Node& node);
  Status make_functional(ir::Node& node, ir::Value* target);
  Status write(ir::Value* target, ir::Value* content, ir::Node& writer);
  Result<ir::Value*> put_back(const Alias& alias, ir::Value* whole, ir::Value* part, ir::Node& after);
  bool shares_memory(const ir::Node& node) const;

  ir::Graph& graph_;
  std::unordered_map<ir::Value*, Alias> aliases_;
  std::unordered_map<ir::Value*, Base> bases_;  // those that were written
  std::vector<ir::Value*> written_;             // the same, in order
};

ir::Value* Functionaliser::root(ir::Value* value) const {
  for (auto found = aliases_.find(value); found != aliases_.end(); found = aliases_.find(value))
    value = found->second.parent;
  return value;
}

// What `value` is when `reader` reads it.
Result<ir::Value*> Functionaliser::resolve(ir::Value* value, ir::Node& reader) {
  const auto base = bases_.find(root(value));
  if (base == bases_.end()) return value;
  const auto found = aliases_.find(value);
  if (found == aliases_.end()) return base->second.current;
  if (found->second.version == base->second.version) return found->second.current;
  const Alias alias = found->second;
  CORTADO_TRY(ir::Value* current, resolve(alias.parent, reader));
  if (alias.view != nullptr) {
    std::vector<ir::NamedArgument> arguments = alias.view->arguments;
    arguments[0].value = current;
    CORTADO_TRY(ir::Node* again, Rewriter(graph_, reader).add_node(alias.view->op, std::move(arguments)));
    current = again->outputs[alias.output];
  }
  Alias& entry = aliases_[value];
  entry.version = base->second.version;
  entry.current = current;
  return current;
}

Status Functionaliser::resolve_arguments(ir::Node& node) {
  if (bases_.empty()) return {};
  std::vector<ir::NamedArgument> arguments = node.arguments;
  bool changed = false;
  Status status;
  for (ir::NamedArgument& argument : arguments)
    ir::for_each_value(argument.value, [&](ir::Value*& value) {
      if (!status) return;
      auto current = resolve(value, node);
      if (!current) {
        status = Status(std::move(current).error());
        return;
      }
      changed = changed || current.value() != value;
      value = current.value();
    });
  if (status && changed) graph_.replace_arguments(node, std::move(arguments));
  return status;
}

// The whole with `part` in the place that the alias's view shows.
Result<ir::Value*> Functionaliser::put_back(const Alias& alias, ir::Value* whole, ir::Value* part, ir::Node& after) {
  Rewriter rewriter(graph_, after);
  const ir::Node& view = *alias.view;
  const ops::Operands operands = operands_of(view);
  const auto with_place = [&](std::string op, std::initializer_list<const char*> names) {
    std::vector<ir::NamedArgument> arguments = {{"self", whole}, {"src", part}};
    for (const char* name : names) arguments.push_back({name, operands.argument(name)});
    return rewriter.add(std::move(op), std::move(arguments));
  };
  if (view.op == "aten::select.int") return with_place("aten::select_scatter.default", {"dim", "index"});
  if (view.op == "aten::slice.Tensor")
    return with_place("aten::slice_scatter.default", {"dim", "start", "end", "step"});
  // In general: number the elements of the whole, and see which ones the view shows.
  ir::Tensor numbers(DType::i64, whole->type.shape);
  for (std::int64_t i = 0; i < numbers.elements(); ++i) numbers.mutable_data<std::int64_t>()[i] = i;
  struct Given final : ops::Environment {
    const ir::Tensor* tensor;
    const ir::Tensor& at(const ir::Value&) const override { return *tensor; }
  } environment;
  environment.tensor = &numbers;
  CORTADO_TRY(const auto shown, ops::registry().find(view.op)->evaluate(operands, environment));
  const ir::Tensor& places = shown[alias.output];
  const auto* first = places.data<std::int64_t>();
  if (std::equal(first, first + places.elements(), numbers.data<std::int64_t>()) &&
      places.elements() == numbers.elements())
    return rewriter.view(part, whole->type.shape);
  ir::Value* index = rewriter.constant("places", places.reshaped({places.elements()}));
  CORTADO_TRY(ir::Value* flat, rewriter.view(whole, {numbers.elements()}));
  CORTADO_TRY(ir::Value* flat_part, rewriter.view(part, {places.elements()}));
  CORTADO_TRY(ir::Value* scattered,
              rewriter.add("aten::scatter.src",
                           {{"self", flat}, {"dim", std::int64_t{0}}, {"index", index}, {"src", flat_part}}));
  return rewriter.view(scattered, whole->type.shape);
}

// The node after `node`: where what follows from its result is inserted.
ir::Node* next_node(ir::Graph& graph, const ir::Node& node) {
  auto at =
      std::find_if(graph.nodes().begin(), graph.nodes().end(), [&](const auto& entry) { return entry.get() == &node; });
  return ++at == graph.nodes().end() ? nullptr : at->get();
}

// `content` becomes the content of `target` and of all that share its memory.
Status Functionaliser::write(ir::Value* target, ir::Value* content, ir::Node& writer) {
  ir::Value* base = root(target);
  // New nodes go after the writer; at the end of the graph a node is made to stand there.
  ir::Node* after = next_node(graph_, writer);
  ir::Node* end = after == nullptr ? graph_.append("end", "end", {}, {}) : nullptr;
  ir::Value* part = content;
  for (ir::Value* value = target; value != base;) {
    const Alias alias = aliases_.at(value);
    if (alias.view != nullptr) {
      CORTADO_TRY(ir::Value* whole, resolve(alias.parent, end != nullptr ? *end : *after));
      CORTADO_TRY(part, put_back(alias, whole, part, end != nullptr ? *end : *after));
    }
    value = alias.parent;
  }
  if (end != nullptr) graph_.erase(*end);
  if (bases_.find(base) == bases_.end()) written_.push_back(base);
  Base& entry = bases_[base];
  entry.current = part;
  ++entry.version;
  if (const auto alias = aliases_.find(target); alias != aliases_.end()) {
    alias->second.current = content;
    alias->second.version = entry.version;
  }
  return {};
}

// Renames the operator; a result of another type than the target's is converted, as writing does.
Status Functionaliser::make_functional(ir::Node& node, ir::Value* target) {
  node.op = functional_name(node.op);
  CORTADO_TRY(const ops::Definition* definition, ops::find_definition(node));
  // "self" of dropout_ is "input" of dropout.
  if (node.arguments[0].name != definition->schema[0].name) node.arguments[0].name = definition->schema[0].name;
  CORTADO_TRY(const std::vector<ir::Type> types, ops::infer_types(*definition, node));
  if (node.outputs.empty() || types.empty())
    return ops::at_node(input_error("an in-place operator has no result"), node);
  ir::Value* content = node.outputs[0];
  if (types[0].shape != target->type.shape)
    return ops::at_node(input_error("the result does not have the shape of the tensor it is written to"), node);
  if (types[0].dtype != target->type.dtype) {
    content->type.dtype = types[0].dtype;
    ir::Node* after = next_node(graph_, node);
    std::vector<ir::NamedArgument> arguments = {{"self", content}, {"dtype", target->type.dtype}};
    ir::Node* converted = graph_.insert(after, "aten::_to_copy.default", node.name, {}, {target->type}, node.source);
    graph_.replace_uses(*content, *converted->outputs[0]);
    graph_.replace_arguments(*converted, std::move(arguments));
    aliases_[converted->outputs[0]] = {target, nullptr, 0, 0, converted->outputs[0]};
    content = converted->outputs[0];
  }
  CORTADO_CHECK(write(target, content, *content->producer));
  aliases_[content] = {target, nullptr, 0, bases_[root(target)].version, content};
  return {};
}

// reshape and its kin copy when the elements do not lie in order: after a permutation or expansion.
bool Functionaliser::shares_memory(const ir::Node& node) const {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || !definition->is_view || node.arguments.empty()) return false;
  const auto* self = std::get_if<ir::Value*>(&node.arguments[0].value);
  if (self == nullptr || node.outputs.empty() || node.outputs[0]->type.dtype != (*self)->type.dtype) return false;
  const bool may_copy = node.op == "aten::reshape.default" || node.op == "aten::flatten.using_ints" ||
                        node.op == "aten::contiguous.default" || node.op == "aten::reshape_as.default";
  for (ir::Value* value = *self; may_copy && aliases_.count(value) != 0; value = aliases_.at(value).parent)
    if (const ir::Node* view = aliases_.at(value).view)
      if (view->op.find("permute") != std::string::npos || view->op.find("transpose") != std::string::npos ||
          view->op.find("expand") != std::string::npos || view->op == "aten::t.default")
        return false;
  return true;
}

Status Functionaliser::run() {
  for (ir::Node* node : graph_.snapshot()) {
    ir::Value* self = nullptr;
    if (!node->arguments.empty())
      if (const auto* value = std::get_if<ir::Value*>(&node->arguments[0].value)) self = *value;
    CORTADO_CHECK(resolve_arguments(*node));
    const bool writes = self != nullptr && writes_first_argument(node->op);
    if (writes) {
      CORTADO_CHECK(make_functional(*node, self));
      continue;
    }
    if (ends_in_underscore(node->op)) node->op = functional_name(node->op);  // squeeze_: only how it is seen
    if (self == nullptr || !shares_memory(*node)) continue;
    const auto base = bases_.find(root(self));
    const int version = base == bases_.end() ? 0 : base->second.version;
    for (std::size_t i = 0; i < node->outputs.size(); ++i)
      aliases_[node->outputs[i]] = {self, node, i, version, node->outputs[i]};
  }
  if (written_.empty()) return {};
  ir::Node* end = graph_.append("end", "end", {}, {});
  for (std::size_t i = 0; i < graph_.outputs().size(); ++i) {
    CORTADO_TRY(ir::Value* value, resolve(graph_.outputs()[i].value, *end));
    graph_.set_output(i, *value);
  }
  graph_.erase(*end);
  for (ir::Value* base : written_)
    if (base->kind == ir::ValueKind::state || base->kind == ir::ValueKind::input)
      graph_.add_mutation(*base, *bases_.at(base).current);
  return {};
}

}  // namespace

Status functionalise(ir::Graph& graph) {
  CORTADO_CHECK(Functionaliser(graph).run());
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
