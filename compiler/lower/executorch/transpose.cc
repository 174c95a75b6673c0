#include "compiler/lower/executorch/transpose.h"

#include <algorithm>

#include "compiler/lower/executorch/operands.h"
#include "ops/alias/alias.h"
#include "ops/strided_views/contract.h"

namespace cortado::compiler {
namespace {

constexpr std::size_t most_dimensions = 4;

struct Permutation {
  ir::Shape shape;
  std::vector<std::int64_t> order;  // dimension i of the result is order[i] of the input
};

// Without dimensions of size 1, and with runs that stay together as one.
Permutation merged(const Permutation& given) {
  std::vector<std::vector<std::int64_t>> runs;  // in the order of the result
  for (std::int64_t dim : given.order) {
    if (given.shape[dim] == 1) continue;
    const auto follows = [&](std::int64_t last) {
      return last < dim &&
             std::all_of(
                 given.shape.begin() + last + 1, given.shape.begin() + dim, [](auto size) { return size == 1; });
    };
    if (!runs.empty() && follows(runs.back().back()))
      runs.back().push_back(dim);
    else
      runs.push_back({dim});
  }
  std::vector<std::size_t> by_input(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) by_input[i] = i;
  std::sort(by_input.begin(), by_input.end(), [&](std::size_t a, std::size_t b) { return runs[a][0] < runs[b][0]; });
  Permutation result{{}, std::vector<std::int64_t>(runs.size())};
  for (std::size_t place = 0; place < by_input.size(); ++place) {
    std::int64_t size = 1;
    for (std::int64_t dim : runs[by_input[place]]) size *= given.shape[dim];
    result.shape.push_back(size);
    result.order[by_input[place]] = static_cast<std::int64_t>(place);
  }
  return result;
}

}  // namespace

void fit_transpose(ir::Graph& graph, ir::Node& call) {
  ir::Value& input = *std::get<ir::Value*>(*call.find("input"));
  ir::Value& result = *call.outputs[0];
  if (input.type.shape.size() <= most_dimensions) return;
  const Permutation given{input.type.shape, std::get<std::vector<std::int64_t>>(*call.find("perm"))};
  const Permutation less = merged(given);
  ir::Value* made = nullptr;
  if (less.shape.size() > most_dimensions) {
    made = graph
               .insert(&call, ops::PermuteCopyArgs::name, call.name, {{"self", &input}, {"dims", given.order}},
                       {result.type}, call.source)
               ->outputs[0];
  } else {
    made = viewed(graph, call, input, less.shape);
    if (less.shape.size() > 1) {
      ir::Type type = made->type;
      for (std::size_t i = 0; i < less.order.size(); ++i) type.shape[i] = less.shape[less.order[i]];
      made = graph.insert(&call, call.op, call.name, {{"input", made}, {"perm", less.order}}, {type}, call.source)
                 ->outputs[0];
    }
    made = ops::insert_alias(graph, &call, call.name, made, result.type, call.source)->outputs[0];
  }
  graph.replace_uses(result, *made);
  graph.erase(call);
}

}  // namespace cortado::compiler
