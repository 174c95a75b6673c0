// Comparisons and logic: boolean results of two operands, one line each.
#include <cmath>

#include "ops/binary/function.h"
#include "ops/comparison/lower.h"
#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

constexpr auto predicate = binary::Promotion::predicate;

template <class F>
Status lower_number(const Operands& operands, Lowering& lowering) {
  return comparison::lower_number(operands, lowering, [](double a, double b) -> bool { return F{}(a, b, 0); });
}

// The form on tensors and the one with a number. Quantized operands of a comparison share their parameters, so that
// the stored integers compare as the numbers do.
template <class F>
void add_comparison(Registry& registry, std::string_view tensor, std::string_view tensor_kernel,
                    std::string_view number, std::string_view number_kernel, std::string_view summary, F f) {
  registry.add(on_integers(binary::function<predicate>(tensor, "Tensor self, TensorOrNumber other", summary,
                                                       tensor_kernel, same_as_input(), f),
                           comparison::lower_tensor));
  registry.add(on_integers(
      binary::function<predicate>(number, "Tensor self, Scalar other", summary, number_kernel, same_as_input(), f),
      lower_number<F>));
}

template <class F>
void add_logic(Registry& registry, std::string_view op, std::string_view kernel, std::string_view summary, F f) {
  registry.add(binary::function<predicate>(op, "Tensor self, Tensor other", summary, kernel,
                                           in_float("logical operators work on booleans"), f));
}

// The Tensor overload with a number is the Scalar overload.
Status rewrite_with_number(const Operands& operands, Rewriter& rewriter) {
  if (operands.value("other") != nullptr) return {};
  const std::string& op = operands.node().op;
  CORTADO_TRY(ir::Value* y, rewriter.add(op.substr(0, op.find('.')) + ".Scalar",
                                         {{"self", operands.value("self")}, {"other", operands.argument("other")}}));
  return rewriter.finish({y});
}

// Whether a number is infinite: in int8 none is. What asks is PyTorch's softmax, for rows that are masked whole.
Status rewrite_with_infinity(const Operands& operands, Rewriter& rewriter) {
  if (rewriter.graph_is_quantized() || !is_float(operands.real_dtype("self")) || !std::isinf(operands.number("other")))
    return {};
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::full.default",
                           {{"size", operands.shape("self")}, {"fill_value", false}, {"dtype", DType::boolean}}));
  return rewriter.finish({y});
}

}  // namespace

void add_comparison(Registry& r) {
  // clang-format off: one line, one function
  add_comparison(r, "aten::eq.Tensor", "aten::eq.Tensor_out", "aten::eq.Scalar", "aten::eq.Scalar_out", "y = a = b", [](auto a, auto b, auto) { return a == b; });
  add_comparison(r, "aten::ne.Tensor", "aten::ne.Tensor_out", "aten::ne.Scalar", "aten::ne.Scalar_out", "y = a ≠ b", [](auto a, auto b, auto) { return a != b; });
  add_comparison(r, "aten::lt.Tensor", "aten::lt.Tensor_out", "aten::lt.Scalar", "aten::lt.Scalar_out", "y = a < b", [](auto a, auto b, auto) { return a < b; });
  add_comparison(r, "aten::le.Tensor", "aten::le.Tensor_out", "aten::le.Scalar", "aten::le.Scalar_out", "y = a ≤ b", [](auto a, auto b, auto) { return a <= b; });
  add_comparison(r, "aten::gt.Tensor", "aten::gt.Tensor_out", "aten::gt.Scalar", "aten::gt.Scalar_out", "y = a > b", [](auto a, auto b, auto) { return a > b; });
  add_comparison(r, "aten::ge.Tensor", "aten::ge.Tensor_out", "aten::ge.Scalar", "aten::ge.Scalar_out", "y = a ≥ b", [](auto a, auto b, auto) { return a >= b; });
  add_logic(r, "aten::logical_and.default", "aten::logical_and.out", "y = a and b", [](auto a, auto b, auto) { return a != 0 && b != 0; });
  add_logic(r, "aten::logical_or.default", "aten::logical_or.out", "y = a or b", [](auto a, auto b, auto) { return a != 0 || b != 0; });
  add_logic(r, "aten::logical_xor.default", "aten::logical_xor.out", "y = either a or b", [](auto a, auto b, auto) { return (a != 0) != (b != 0); });
  // clang-format on
  r.set_rewrite({"aten::eq.Tensor", "aten::ne.Tensor", "aten::lt.Tensor", "aten::le.Tensor", "aten::gt.Tensor",
                 "aten::ge.Tensor"},
                rewrite_with_number);
  r.set_rewrite({"aten::eq.Scalar"}, rewrite_with_infinity);
}

}  // namespace cortado::ops
