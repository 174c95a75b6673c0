#include "ops/alias/alias.h"
#include "ops/operator_list.h"
#include "ops/schema.h"

namespace cortado::ops {
namespace {

Result<std::vector<ir::Type>> infer(const Operands& operands) {
  const ir::Type& type = operands.output_type();
  return std::vector{ir::Type{type.dtype, type.shape, {}, {}}};
}

Result<std::vector<ir::Tensor>> evaluate(const Operands& operands, const Environment& environment) {
  const ir::Type& from = operands.type("self");
  const ir::Type& to = operands.output_type();
  const ir::Tensor bytes = ir::to_physical(environment.at(*operands.value("self")), from.dim_order);
  ir::Shape shape;
  for (std::uint8_t dim : to.full_dim_order()) shape.push_back(to.shape[dim]);
  return std::vector{ir::to_logical(bytes.reshaped(std::move(shape)), to.dim_order)};
}

}  // namespace

void add_alias(Registry& registry) {
  registry.add(Definition{
      .op = alias_op,
      .schema = schema("Tensor self"),
      .summary = "the same bytes of memory as a value of another type; inserted by the compiler, no instruction",
      .constraints = {{"there is one result, of as many bytes",
                       [](const Operands& o) {
                         return o.node().outputs.size() == 1 && o.type("self").dtype == o.output_type().dtype &&
                                o.type("self").elements() == o.output_type().elements();
                       }}},
      .infer = infer,
      .evaluate = evaluate,
      .takes_stored_integers = true,
      .layout = LayoutRule::same,
  });
}

}  // namespace cortado::ops
