#include "ops/host/pool_rewrites.h"

namespace cortado::ops {

Status pool_in_two_dimensions(const Operands& operands, Rewriter& rewriter, std::string_view op,
                              std::initializer_list<PoolArgument> lists,
                              std::initializer_list<std::string_view> others) {
  ir::Value* x = operands.value(operands.schema()[0].name);
  ir::Shape shape = x->type.shape;
  shape.insert(shape.end() - 1, 1);
  CORTADO_TRY(x, rewriter.view(x, shape));
  std::vector<ir::NamedArgument> arguments = {{"self", x}};
  for (const PoolArgument& list : lists) {
    std::vector<std::int64_t> numbers = operands.integers(list.name);
    if (!numbers.empty()) numbers.insert(numbers.begin(), list.height);
    arguments.push_back({std::string(list.name), numbers});
  }
  for (std::string_view name : others) arguments.push_back({std::string(name), operands.argument(name)});
  CORTADO_TRY(const ir::Node* pool, rewriter.add_node(std::string(op), std::move(arguments)));
  CORTADO_TRY(ir::Value* y, rewriter.result_view(pool->outputs[0], operands.output_type().shape));
  ir::ValueList results = {y};
  if (pool->outputs.size() > 1) {
    CORTADO_TRY(ir::Value* places, rewriter.view(pool->outputs[1], operands.output_type(1).shape));
    results.push_back(places);
  }
  return rewriter.finish(results);
}

}  // namespace cortado::ops
