// torch.cond: both branches become part of the graph, and where() chooses between their results. Branches have no side
// effects, so that only time is lost; a core without branches to predict loses little.
#include <utility>

#include "compiler/import/importer.h"
#include "compiler/import/in_place.h"

namespace cortado::compiler {
namespace {

using formats::Json;

constexpr int most_nested = 8;

const Json* argument_of(const Json& inputs, std::size_t i) {
  return i < inputs.size() ? formats::find(inputs[i], "arg") : nullptr;
}

const Json* subgraph(const Json* argument) { return formats::find(formats::find(argument, "as_graph"), "graph"); }

}  // namespace

// The nodes of a branch, its inputs standing for `operands`. Its results.
Result<ir::ValueList> Importer::add_branch(const Json& graph, const ir::ValueList& operands) {
  const Json* inputs = formats::find(graph, "inputs");
  const Json* outputs = formats::find(graph, "outputs");
  const Json* nodes = formats::find(graph, "nodes");
  if (inputs == nullptr || !inputs->is_array() || inputs->size() != operands.size() || outputs == nullptr ||
      !outputs->is_array() || nodes == nullptr)
    return input_error("a branch is malformed");
  if (!tensors_changed_in_place(*nodes).empty())
    return input_error("a branch writes into a tensor", "compute a new tensor in the branch, and return it");
  std::unordered_map<std::string, ir::Value*> scope;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::string* name = formats::as_string(formats::find(formats::find((*inputs)[i], "as_tensor"), "name"));
    if (name == nullptr) return input_error("a branch takes something that is no tensor");
    scope[*name] = operands[i];
  }
  const Json* outer_graph = std::exchange(graph_json_, &graph);
  values_.swap(scope);
  Status added = add_nodes();
  ir::ValueList results;
  for (std::size_t i = 0; added && i < outputs->size(); ++i) {
    auto result = tensor_argument(formats::find((*outputs)[i], "as_tensor"));
    if (result)
      results.push_back(result.value());
    else
      added = std::move(result).error().in("a result of a branch");
  }
  values_.swap(scope);
  graph_json_ = outer_graph;
  if (!added) return std::move(added).error();
  return results;
}

// A truth of rank 0; null when it is known, `known` then says it.
Result<ir::Value*> Importer::condition(const Json* json, const std::string& name, const ir::Source& source,
                                       bool& known) {
  CORTADO_TRY(const ir::Argument given, argument(json));
  if (const bool* truth = std::get_if<bool>(&given)) {
    known = *truth;
    return static_cast<ir::Value*>(nullptr);
  }
  const auto* value = std::get_if<ir::Value*>(&given);
  if (value == nullptr || *value == nullptr || (*value)->type.elements() != 1)
    return input_error("its condition is no truth value");
  if ((*value)->type.shape.empty()) return *value;
  return graph_
      .append("aten::view.default", name, {{"self", *value}, {"size", std::vector<std::int64_t>{}}},
              {{(*value)->type.dtype, {}, {}, {}}}, source)
      ->outputs[0];
}

Status Importer::add_condition(const Json& inputs, const std::string& name, const ir::Source& source,
                               const std::vector<std::string>& names) {
  const Json* branches[] = {subgraph(argument_of(inputs, 1)), subgraph(argument_of(inputs, 2))};
  if (branches[0] == nullptr || branches[1] == nullptr) return input_error("it has not two branches");
  if (nesting_ >= most_nested) return input_error("conditions are nested deeper than " + std::to_string(most_nested));
  bool known = false;
  CORTADO_TRY(ir::Value* truth, condition(argument_of(inputs, 0), name, source, known));
  ir::ValueList operands;
  if (inputs.size() > 3) {
    CORTADO_TRY(const ir::Argument list, argument(argument_of(inputs, 3)));
    if (const auto* tensors = std::get_if<ir::ValueList>(&list)) operands = *tensors;
  }
  ++nesting_;
  ir::ValueList results[2];
  for (int i = 0; i < 2; ++i) {
    if (truth == nullptr && known != (i == 0)) continue;
    CORTADO_TRY(results[i], add_branch(*branches[i], operands));
  }
  --nesting_;
  if (truth == nullptr)
    results[known ? 1 : 0] = results[known ? 0 : 1];
  else
    notice("'" + name + "' (torch.cond): both branches are computed at every run, and the results of one are taken");
  if (results[0].size() != names.size() || results[1].size() != names.size())
    return input_error("its branches differ in the number of results");
  for (std::size_t i = 0; i < names.size(); ++i) {
    ir::Value* yes = results[0][i];
    ir::Value* no = results[1][i];
    if (truth == nullptr) {
      values_[names[i]] = yes;
      continue;
    }
    if (yes->type.shape != no->type.shape || yes->type.dtype != no->type.dtype)
      return input_error("its branches differ in the type of a result");
    values_[names[i]] = graph_
                            .append("aten::where.self", names[i], {{"condition", truth}, {"self", yes}, {"other", no}},
                                    {{yes->type.dtype, yes->type.shape, {}, {}}}, source)
                            ->outputs[0];
  }
  return {};
}

}  // namespace cortado::compiler
