#include "ir/text/print.h"

namespace cortado::ir {
namespace {

std::string content_text(const Value& value, const TextOptions& options) {
  return options.data ? data_text(value.data) : hash_text(value.data);
}

// What the caller does not compute: inputs in their order, then the rest as it was added.
void print_values(const Graph& graph, const TextOptions& options, std::string& text) {
  for (const Value* input : graph.inputs)
    text += "input " + value_name(*input) + " : " + type_text(input->type, options.data) + "\n";
  for (const auto& value : graph.values()) {
    const std::string type = " : " + type_text(value->type, options.data);
    const std::string source = value->source_name.empty() ? "" : " " + quoted(value->source_name);
    if (value->kind == ValueKind::constant)
      text += "constant " + value_name(*value) + source + type + " = " + content_text(*value, options) + "\n";
    if (value->kind == ValueKind::state)
      text += "state " + value_name(*value) + source + type + " = " + content_text(*value, options) + "\n";
    if (value->kind == ValueKind::scratch) text += "scratch " + value_name(*value) + type + "\n";
  }
}

std::string source_text(const Source& source) {
  std::string text;
  if (!source.file.empty())
    text += " from " + quoted(source.file) + " " + std::to_string(source.line) + " " + quoted(source.code);
  if (!source.module.empty()) text += " in " + quoted(source.module);
  if (!source.custom.empty()) text += " note " + quoted(source.custom);
  return text;
}

void print_node(const Node& node, const TextOptions& options, std::string& text) {
  for (std::size_t i = 0; i < node.outputs.size(); ++i) {
    const Value& output = *node.outputs[i];
    text += (i == 0 ? "" : ", ") + value_name(output) + " : " + type_text(output.type, options.data);
  }
  text += (node.outputs.empty() ? "= " : " = ") + bare(node.op) + "(";
  for (std::size_t i = 0; i < node.arguments.size(); ++i)
    text += (i == 0 ? "" : ", ") + bare(node.arguments[i].name) + "=" + argument_text(node.arguments[i].value);
  text += ")";
  if (node.outputs.empty() || node.outputs[0]->name != node.name) text += " name " + quoted(node.name);
  if (options.sources) text += source_text(node.source);
  text += "\n";
}

}  // namespace

std::string to_text(const Graph& graph, const TextOptions& options) {
  std::string text = "graph " + quoted(graph.method_name) + "\n";
  if (!graph.input_spec.empty()) text += "input_spec " + quoted(graph.input_spec) + "\n";
  if (!graph.output_spec.empty()) text += "output_spec " + quoted(graph.output_spec) + "\n";
  print_values(graph, options, text);
  for (const auto& node : graph.nodes()) print_node(*node, options, text);
  for (const Mutation& mutation : graph.mutations())
    text += "mutate " + value_name(*mutation.target) + " = " + value_name(*mutation.value) + "\n";
  for (const Output& output : graph.outputs())
    text += "output " + value_name(*output.value) + " " + quoted(output.name) + "\n";
  return text;
}

}  // namespace cortado::ir
