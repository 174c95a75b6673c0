// Weights stored as direction and length.
#include "ops/host/formula.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// v · (g / ‖v‖), the norm over all dimensions but one.
template <bool with_norm>
Status rewrite(const Operands& operands, Rewriter& rewriter) {
  ir::Value* v = operands.value("v");
  CORTADO_TRY(const std::size_t kept, dimension(operands.integer("dim"), v->type.shape.size()));
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < v->type.shape.size(); ++i)
    if (i != kept) dims.push_back(static_cast<std::int64_t>(i));
  if (dims.empty()) return input_error("the weight must have two dimensions or more");
  Formula f(rewriter);
  ir::Value* norm = f("linalg_vector_norm.default", v, {std::int64_t{2}, dims, true});
  ir::Value* weight = f.mul(v, f.div(operands.value("g"), norm));
  return with_norm ? f.finish({weight, norm}) : f.finish(weight);
}

}  // namespace

void add_weight_norm(Registry& r) {
  const std::string_view parameters = "Tensor v, Tensor g, int dim=0";
  r.add(composition("aten::_weight_norm.default", parameters, "y = g · v / ‖v‖", rewrite<false>));
  r.add(composition<2>("aten::_weight_norm_interface.default", parameters, "y = g · v / ‖v‖, and ‖v‖", rewrite<true>));
}

}  // namespace cortado::ops
