// The nodes of the file, in their order.
#include "compiler/import/importer.h"
#include "compiler/import/in_place.h"
#include "compiler/import/source.h"

namespace cortado::compiler {
namespace {

using formats::Json;

std::string_view text_of(const Json* object, const char* key) {
  const std::string* text = formats::as_string(formats::find(object, key));
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

// "node 'conv2d' (aten::conv2d.default), net.py:31: x = self.conv(x)"
std::string describe(std::string_view name, const std::string& op, const ir::Source& source) {
  std::string text = "node '" + std::string(name) + "' (" + op + ")";
  const std::string where = source.text();
  return where.empty() ? text : text + ", " + where;
}

}  // namespace

Status Importer::add_nodes() {
  const Json* nodes = formats::find(*graph_json_, "nodes");
  if (nodes == nullptr || !nodes->is_array()) return input_error("the graph has no list of nodes");
  for (const Json& node : *nodes) CORTADO_CHECK(add_node(node));
  return {};
}

// Sizes, and truths about them, are numbers by now.
bool Importer::computes_sizes(const Json& node) const {
  const Json* outputs = formats::find(node, "outputs");
  if (outputs == nullptr || !outputs->is_array() || outputs->empty()) return false;
  for (const Json& output : *outputs)
    if (const auto kind = formats::as_union(&output); !kind || kind->tag.substr(0, 6) != "as_sym") return false;
  return true;
}

Status Importer::add_node(const Json& node) {
  const std::string* target = formats::as_string(formats::find(node, "target"));
  const Json* inputs = formats::find(node, "inputs");
  const Json* outputs = formats::find(node, "outputs");
  if (target == nullptr || inputs == nullptr || !inputs->is_array() || outputs == nullptr || !outputs->is_array())
    return input_error("a node of the graph is malformed: " + formats::excerpt(node));
  if (computes_sizes(node)) return {};

  const Json* metadata = formats::find(node, "metadata");
  ir::Source source = read_source(text_of(metadata, "stack_trace"), text_of(metadata, "nn_module_stack"));
  source.custom = text_of(metadata, "custom");
  const std::string op = operator_name(*target);
  std::vector<std::string> names;
  std::vector<ir::Type> types;
  std::string name(text_of(&node, "name"));
  auto results = add_node_results(*outputs, names, types);
  if (names.size() == 1 || name.empty()) name = names.empty() ? op : names[0];
  if (!results) return std::move(results).error().in(describe(name, op, source));

  if (op == "higher_order::cond") {
    Status added = add_condition(*inputs, name, source, names);
    if (!added) return std::move(added).error().in(describe(name, op, source));
    return {};
  }
  std::vector<ir::NamedArgument> arguments;
  for (const Json& input : *inputs) {
    const std::string argument_name(text_of(&input, "name"));
    auto value = argument(formats::find(input, "arg"));
    if (!value) return std::move(value).error().in(describe(name, op, source) + ": argument '" + argument_name + "'");
    arguments.push_back({argument_name, std::move(value).value()});
  }
  ir::Node* added = graph_.append(op, std::move(name), std::move(arguments), std::move(types), std::move(source));
  for (std::size_t i = 0; i < names.size(); ++i) values_[names[i]] = added->outputs[i];
  return {};
}

// Names in the file and types of all results: tensors, lists of tensors flattened, None as an empty tensor.
Status Importer::add_node_results(const Json& outputs, std::vector<std::string>& names, std::vector<ir::Type>& types) {
  const auto add = [&](const Json* tensor) -> Status {
    const std::string* name = formats::as_string(formats::find(tensor, "name"));
    if (name == nullptr) return input_error("a result has no name");
    CORTADO_TRY(ir::Type type, type_of(*name));
    names.push_back(*name);
    types.push_back(std::move(type));
    return {};
  };
  for (const Json& output : outputs) {
    const auto kind = formats::as_union(&output);
    if (kind && kind->tag == "as_tensor") {
      CORTADO_CHECK(add(kind->value));
    } else if (kind && kind->tag == "as_tensors" && kind->value->is_array()) {
      for (const Json& tensor : *kind->value) CORTADO_CHECK(add(&tensor));
    } else if (kind && kind->tag == "as_none") {
      names.push_back("none");
      types.push_back({DType::f32, {0}, {}, {}});
    } else {
      return input_error("a result is no tensor: " + formats::excerpt(output));
    }
  }
  return {};
}

}  // namespace cortado::compiler
