#include "compiler/lower/executorch/softmax.h"

#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "compiler/lower/executorch/operands.h"
#include "ops/alias/alias.h"
#include "ops/strided_views/contract.h"

namespace cortado::compiler {
namespace {

// [a, b, c] to [a, c, b].
ir::Value* swapped(ir::Graph& graph, const ir::Node& before, ir::Value& value) {
  ir::Type type = value.type;
  std::swap(type.shape[1], type.shape[2]);
  return graph
      .insert(&before, ops::TransposeArgs::name, before.name + "_swapped", {{"input", &value}, {"perm", std::vector<std::int64_t>{0, 2, 1}}},
              {std::move(type)}, before.source)
      ->outputs[0];
}

}  // namespace

void fit_softmax(ir::Graph& graph, ir::Node& call) {
  ir::Value& input = *std::get<ir::Value*>(*call.find("input"));
  ir::Value& result = *call.outputs[0];
  const ir::Shape& shape = input.type.shape;
  const auto rank = static_cast<std::int64_t>(shape.size());
  std::int64_t dim = std::get<std::int64_t>(*call.find("dim"));
  if (dim < 0) dim += rank;
  if (rank == 0 || dim == rank - 1) return;
  const auto product = [&](auto first, auto last) {
    return std::accumulate(first, last, std::int64_t{1}, std::multiplies<>());
  };
  const ir::Shape rows = {product(shape.begin(), shape.begin() + dim), shape[dim], product(shape.begin() + dim + 1, shape.end())};
  ir::Value* columns = swapped(graph, call, *viewed(graph, call, input, rows));
  std::vector<ir::NamedArgument> arguments = call.arguments;
  for (ir::NamedArgument& argument : arguments) {
    if (argument.name == "input") argument.value = columns;
    if (argument.name == "dim") argument.value = std::int64_t{2};
  }
  ir::Type type = result.type;
  type.shape = columns->type.shape;
  ir::Value* computed = graph.insert(&call, call.op, call.name, std::move(arguments), {std::move(type)}, call.source)->outputs[0];
  ir::Value* back = swapped(graph, call, *computed);
  graph.replace_uses(result, *ops::insert_alias(graph, &call, call.name, back, result.type, call.source)->outputs[0]);
  graph.erase(call);
}

}  // namespace cortado::compiler
