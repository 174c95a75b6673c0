#include "ops/host/volume_pools.h"

namespace cortado::ops {
namespace {

using Numbers = std::vector<std::int64_t>;

// What a list of the operator says of one dimension when the window does not reach along it.
std::int64_t neutral(std::string_view list) { return list == "padding" ? 0 : 1; }

}  // namespace

Status pool_planes_then_depth(const Operands& operands, Rewriter& rewriter, std::string_view op,
                              std::initializer_list<std::string_view> lists,
                              std::initializer_list<std::string_view> others) {
  ir::Value* x = operands.value("self");
  const ir::Shape in = x->type.shape;
  const ir::Shape out = operands.output_type().shape;
  if (in.size() < 3) return input_error("the input has less than three spatial dimensions");
  for (std::string_view list : lists) {
    const std::size_t count = operands.integers(list, 3).size();
    if (count != 3 && !(count == 0 && list == "stride"))
      return input_error("'" + std::string(list) + "' must have three numbers");
  }
  const std::size_t depth = in.size() - 3;
  std::int64_t planes = 1;
  for (std::size_t i = 0; i < depth; ++i) planes *= in[i];
  const auto pool = [&](ir::Value* image, bool along_depth) {
    std::vector<ir::NamedArgument> arguments = {{"self", image}};
    for (std::string_view list : lists) {
      Numbers numbers = operands.integers(list, 3);
      if (numbers.empty() && list == "stride") numbers = operands.integers("kernel_size", 3);
      arguments.push_back(
          {std::string(list), along_depth ? Numbers{numbers[0], neutral(list)} : Numbers{numbers[1], numbers[2]}});
    }
    for (std::string_view name : others) arguments.push_back({std::string(name), operands.argument(name)});
    return rewriter.add(std::string(op), std::move(arguments));
  };
  CORTADO_TRY(ir::Value* y, rewriter.view(x, {1, planes * in[depth], in[depth + 1], in[depth + 2]}));
  CORTADO_TRY(y, pool(y, false));
  CORTADO_TRY(y, rewriter.view(y, {1, planes, in[depth], out[depth + 1] * out[depth + 2]}));
  CORTADO_TRY(y, pool(y, true));
  CORTADO_TRY(y, rewriter.view(y, out));
  return rewriter.finish({y});
}

}  // namespace cortado::ops
