// Elementwise functions of two operands, which may be tensors or numbers and broadcast. Host.
#pragma once

#include "ops/host/broadcast.h"
#include "ops/host/build.h"

namespace cortado::ops::binary {

enum class Promotion : std::uint8_t {
  common,     // torch.result_type of both
  to_float,   // the same, with f32 for integers
  predicate,  // the result is boolean
};

// The operands are the schema's first two parameters.
inline std::string_view left(const Operands& operands) { return operands.schema()[0].name; }
inline std::string_view right(const Operands& operands) { return operands.schema()[1].name; }

template <Promotion promotion>
DType operand_dtype(const Operands& operands) {
  const DType common = result_dtype(operands, {left(operands), right(operands)});
  return promotion == Promotion::to_float ? float_dtype(common) : common;
}

template <Promotion promotion>
Types infer(const Operands& operands) {
  CORTADO_TRY(ir::Shape shape,
              broadcast_shapes(operand_shape(operands, left(operands)), operand_shape(operands, right(operands))));
  return one(promotion == Promotion::predicate ? DType::boolean : operand_dtype<promotion>(operands), std::move(shape));
}

// F is a captureless generic lambda f(a, b, alpha) on float, double or std::int64_t; alpha is 1 where the operator has
// none, and of the type of a.
template <Promotion promotion, class F>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  // By the tensors and not by the node's types: tables are made by evaluating on all numbers of an operand at once.
  const DType common = evaluated_dtype(operands, environment, {left(operands), right(operands)});
  const DType dtype = promotion == Promotion::to_float ? float_dtype(common) : common;
  const DType compute = compute_dtype(dtype);
  const ir::Tensor a = operand(operands, environment, left(operands), compute);
  const ir::Tensor b = operand(operands, environment, right(operands), compute);
  CORTADO_TRY(const ir::Shape shape, broadcast_shapes(a.shape(), b.shape()));
  const double alpha = operands.has("alpha") ? operands.number("alpha") : 1;
  const auto loop = [&]<class T>(T) {
    const auto f = [factor = static_cast<T>(alpha)](T x, T y) { return F{}(x, y, factor); };
    if constexpr (promotion == Promotion::predicate)
      return map<std::uint8_t, T>(DType::boolean, shape, f, a, b);
    else
      return cast(map<T, T>(compute, shape, f, a, b), dtype);
  };
  if constexpr (promotion == Promotion::to_float)
    return one(with_float_type(compute, loop));
  else
    return one(with_compute_type(compute, loop));
}

template <Promotion promotion = Promotion::common, class F>
Definition function(std::string_view op, std::string_view parameters, std::string_view summary,
                    std::string_view float_kernel, QuantizationRule rule, F) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer<promotion>,
          .evaluate = evaluate<promotion, F>,
          .quantization = rule,
          .layout = LayoutRule::same,
          .float_kernel = float_kernel};
}

}  // namespace cortado::ops::binary
