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
      .insert(&before, ops::TransposeArgs::name, before.name + "_swapped",
              {{"input", &value}, {"perm", std::vector<std::int64_t>{0, 2, 1}}}, {std::move(type)}, before.source)
      ->outputs[0];
}

// The sizes as they lie in memory, and where dimension `dim` is among them.
struct Lie {
  ir::Shape shape;
  std::size_t at = 0;
};

Lie in_memory(const ir::Type& type, std::int64_t dim) {
  const auto rank = static_cast<std::int64_t>(type.shape.size());
  const auto order = type.full_dim_order();
  Lie lie;
  for (const std::uint8_t d : order) {
    if (d == (dim < 0 ? dim + rank : dim)) lie.at = lie.shape.size();
    lie.shape.push_back(type.shape[d]);
  }
  return lie;
}

}  // namespace

void fit_softmax(ir::Graph& graph, ir::Node& call) {
  ir::Value& input = *std::get<ir::Value*>(*call.find("input"));
  ir::Value& result = *call.outputs[0];
  const auto [shape, at] = in_memory(input.type, std::get<std::int64_t>(*call.find("dim")));
  const bool is_last = shape.empty() || at + 1 == shape.size();
  if (is_last && input.type.dim_order.empty()) return;
  const auto product = [&](std::size_t first, std::size_t last) {
    return std::accumulate(shape.begin() + static_cast<std::ptrdiff_t>(first),
                           shape.begin() + static_cast<std::ptrdiff_t>(last), std::int64_t{1}, std::multiplies<>());
  };
  ir::Value* rows = viewed(graph, call, input, {product(0, at), shape[at], product(at + 1, shape.size())});
  rows = is_last ? viewed(graph, call, *rows, {product(0, at), 1, shape[at]}) : swapped(graph, call, *rows);
  std::vector<ir::NamedArgument> arguments = call.arguments;
  for (ir::NamedArgument& argument : arguments) {
    if (argument.name == "input") argument.value = rows;
    if (argument.name == "dim") argument.value = std::int64_t{2};
  }
  ir::Type type = result.type;
  type.shape = rows->type.shape;
  type.dim_order.clear();
  ir::Value* computed =
      graph.insert(&call, call.op, call.name, std::move(arguments), {std::move(type)}, call.source)->outputs[0];
  ir::Value* back = is_last ? computed : swapped(graph, call, *computed);
  graph.replace_uses(result, *ops::insert_alias(graph, &call, call.name, back, result.type, call.source)->outputs[0]);
  graph.erase(call);
}

}  // namespace cortado::compiler
