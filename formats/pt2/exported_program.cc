#include <cmath>

#include "formats/pt2/meta.h"
#include "formats/pt2/write.h"

namespace cortado::formats {
namespace {

Json by_name(const ir::Value& value) { return {{"name", value.name}}; }
Json as_tensor(const ir::Value* value) { return {{"as_tensor", by_name(*value)}}; }

// JSON has no infinities; torch writes them as strings.
Json number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

// One member of torch's union Argument.
struct ArgumentJson {
  Json operator()(ir::None) const { return {{"as_none", true}}; }
  Json operator()(ir::Value* value) const { return as_tensor(value); }
  Json operator()(bool value) const { return {{"as_bool", value}}; }
  Json operator()(std::int64_t value) const { return {{"as_int", value}}; }
  Json operator()(double value) const { return {{"as_float", number(value)}}; }
  Json operator()(const std::string& value) const { return {{"as_string", value}}; }
  Json operator()(const std::vector<std::int64_t>& list) const { return {{"as_ints", list}}; }
  Json operator()(DType dtype) const { return {{"as_scalar_type", scalar_type_number(dtype)}}; }
  Json operator()(const std::vector<bool>& list) const {
    Json items = Json::array();
    for (const bool item : list) items.push_back(item);
    return {{"as_bools", items}};
  }
  Json operator()(const std::vector<double>& list) const {
    Json items = Json::array();
    for (const double item : list) items.push_back(number(item));
    return {{"as_floats", items}};
  }
  Json operator()(const ir::ValueList& list) const {
    Json items = Json::array();
    for (const ir::Value* value : list) items.push_back(value != nullptr ? as_tensor(value) : Json{{"as_none", true}});
    return {{"as_optional_tensors", items}};
  }
};

// "aten::conv2d.default" → "torch.ops.aten.conv2d.default"
std::string target_of(const std::string& op) {
  const std::size_t colons = op.find("::");
  return "torch.ops." + op.substr(0, colons) + "." + op.substr(colons == std::string::npos ? 0 : colons + 2);
}

Json metadata_of(const ir::Source& source) {
  if (source.module.empty()) return Json::object();
  return {{"nn_module_stack",
           "L__self__,,torch.nn.Module;L__self__" + source.module + "," + source.module + ",torch.nn.Module"}};
}

Json node_json(const ir::Node& node) {
  constexpr int positional = 1;
  Json inputs = Json::array(), outputs = Json::array();
  for (const ir::NamedArgument& argument : node.arguments)
    inputs.push_back({{"name", argument.name},
                      {"arg", std::visit(ArgumentJson(), static_cast<const ir::Argument::variant&>(argument.value))},
                      {"kind", positional}});
  for (const ir::Value* output : node.outputs) outputs.push_back(as_tensor(output));
  return {{"target", target_of(node.op)},
          {"inputs", inputs},
          {"outputs", outputs},
          {"metadata", metadata_of(node.source)},
          {"is_hop_single_tensor_return", nullptr},
          {"name", node.name}};
}

template <class F>
void for_each_constant(const ir::Graph& graph, F f) {
  for (const auto& value : graph.values())
    if (value->kind == ir::ValueKind::constant) f(*value);
}

Json graph_json(const ir::Graph& graph) {
  Json inputs = Json::array(), outputs = Json::array(), nodes = Json::array(), values = Json::object();
  for_each_constant(graph, [&](const ir::Value& value) { inputs.push_back(as_tensor(&value)); });
  for (const ir::Value* input : graph.inputs) inputs.push_back(as_tensor(input));
  for (const ir::Output& output : graph.outputs()) outputs.push_back(as_tensor(output.value));
  for (const auto& node : graph.nodes()) nodes.push_back(node_json(*node));
  for (const auto& value : graph.values()) values[value->name] = tensor_meta(value->type);
  return {{"inputs", inputs},
          {"outputs", outputs},
          {"nodes", nodes},
          {"tensor_values", values},
          {"sym_int_values", Json::object()},
          {"sym_bool_values", Json::object()},
          {"is_single_tensor_return", false},
          {"custom_obj_values", Json::object()},
          {"sym_float_values", Json::object()}};
}

Json signature_json(const ir::Graph& graph) {
  Json inputs = Json::array(), outputs = Json::array();
  for_each_constant(graph, [&](const ir::Value& value) {
    const Json arg = by_name(value);
    if (is_buffer(value))
      inputs.push_back({{"buffer", {{"arg", arg}, {"buffer_name", parameter_name(value)}, {"persistent", true}}}});
    else
      inputs.push_back({{"parameter", {{"arg", arg}, {"parameter_name", parameter_name(value)}}}});
  });
  for (const ir::Value* input : graph.inputs) inputs.push_back({{"user_input", {{"arg", as_tensor(input)}}}});
  for (const ir::Output& output : graph.outputs())
    outputs.push_back({{"user_output", {{"arg", as_tensor(output.value)}}}});
  return {{"input_specs", inputs}, {"output_specs", outputs}};
}

// torch.utils._pytree.TreeSpec, as JSON text.
Json leaf() { return {{"type", nullptr}, {"context", nullptr}, {"children_spec", Json::array()}}; }
Json tuple(const Json& children) {
  return {{"type", "builtins.tuple"}, {"context", "null"}, {"children_spec", children}};
}
Json leaves(std::size_t count) {
  Json list = Json::array();
  while (count-- > 0) list.push_back(leaf());
  return list;
}
std::string tree_spec(const Json& root) { return Json::array({1, root}).dump(); }

// forward(inputs…) → one tensor, or a tuple of them.
Json module_call_json(const ir::Graph& graph) {
  const Json keywords = {{"type", "builtins.dict"}, {"context", "[]"}, {"children_spec", Json::array()}};
  const Json in = tuple(Json::array({tuple(leaves(graph.inputs.size())), keywords}));
  const std::size_t outputs = graph.outputs().size();
  Json names = Json::array();
  for (const ir::Value* input : graph.inputs) names.push_back(input->name);
  return {{"fqn", ""},
          {"signature",
           {{"inputs", Json::array()},
            {"outputs", Json::array()},
            {"in_spec", graph.input_spec.empty() ? tree_spec(in) : graph.input_spec},
            {"out_spec",
             graph.output_spec.empty() ? tree_spec(outputs == 1 ? leaf() : tuple(leaves(outputs))) : graph.output_spec},
            {"forward_arg_names", names}}}};
}

}  // namespace

std::string parameter_name(const ir::Value& constant) {
  return constant.source_name.empty() ? constant.name : constant.source_name;
}

bool is_buffer(const ir::Value& constant) {
  const std::string name = parameter_name(constant);
  return !is_float(constant.type.dtype) || name.ends_with("running_mean") || name.ends_with("running_var");
}

Json tensor_meta(const ir::Type& type) {
  constexpr int strided = 7;
  const auto sizes = [](const std::vector<std::int64_t>& numbers) {
    Json list = Json::array();
    for (const std::int64_t size : numbers) list.push_back({{"as_int", size}});
    return list;
  };
  return {{"dtype", scalar_type_number(type.dtype)},
          {"sizes", sizes(type.shape)},
          {"requires_grad", false},
          {"device", {{"type", "cpu"}, {"index", nullptr}}},
          {"strides", sizes(ir::contiguous_strides(type.shape))},
          {"storage_offset", {{"as_int", 0}}},
          {"layout", strided}};
}

Json exported_program(const ir::Graph& graph) {
  return {{"graph_module",
           {{"graph", graph_json(graph)},
            {"signature", signature_json(graph)},
            {"module_call_graph", Json::array({module_call_json(graph)})},
            {"metadata", Json::object()},
            {"treespec_namedtuple_fields", Json::object()}}},
          {"opset_version", {{"aten", 10}}},
          {"range_constraints", Json::object()},
          {"schema_version", {{"major", 8}, {"minor", 8}}},
          {"verifiers", {"TRAINING"}},
          {"torch_version", "2.8.0"},
          {"guards_code", Json::array()}};
}

}  // namespace cortado::formats
