// Elementwise functions of one tensor. Host.
//
// A function is a captureless generic lambda f(x, p): x is float, double or std::int64_t, p the operator's other
// arguments in the order of the schema (absent ones are NaN, texts are 0 for the default and 1 otherwise).
#pragma once

#include <array>
#include <limits>

#include "ops/activation/lower.h"
#include "ops/host/build.h"

namespace cortado::ops::unary {

using Parameters = std::array<double, 4>;

inline Parameters read_parameters(const Operands& operands) {
  Parameters p{};
  for (std::size_t i = 1; i < operands.schema().size() && i <= p.size(); ++i) {
    const Parameter& parameter = operands.schema()[i];
    if (parameter.kind == ParameterKind::text)
      p[i - 1] = operands.argument(parameter.name) == *parameter.default_value ? 0 : 1;
    else
      p[i - 1] =
          operands.has(parameter.name) ? operands.number(parameter.name) : std::numeric_limits<double>::quiet_NaN();
  }
  return p;
}

enum class Promotion : std::uint8_t {
  to_float,   // integers and booleans become f32
  keep,       // the input's type
  predicate,  // the result is boolean
};

template <Promotion promotion>
DType result_type(DType dtype) {
  if (promotion == Promotion::predicate) return DType::boolean;
  return promotion == Promotion::to_float ? float_dtype(dtype) : dtype;
}

template <Promotion promotion>
Types infer(const Operands& operands) {
  const std::string_view self = operands.schema()[0].name;
  return one(result_type<promotion>(operands.real_dtype(self)), operands.shape(self));
}

template <Promotion promotion, class F>
ir::Tensor apply(const ir::Tensor& x, const Parameters& p) {
  const DType dtype = promotion == Promotion::to_float ? float_dtype(x.dtype()) : x.dtype();
  const ir::Tensor from = cast(x, compute_dtype(dtype));
  const auto loop = [&]<class T>(T) {
    using R = std::conditional_t<promotion == Promotion::predicate, std::uint8_t, T>;
    ir::Tensor result(dtype_of<R>(), x.shape());
    R* to = result.mutable_data<R>();
    const T* at = from.data<T>();
    for (std::int64_t i = 0, n = from.elements(); i < n; ++i) to[i] = static_cast<R>(F{}(at[i], p));
    return cast(result, result_type<promotion>(dtype));
  };
  if constexpr (promotion == Promotion::to_float)
    return with_float_type(dtype, loop);
  else
    return with_compute_type(dtype, loop);
}

template <Promotion promotion, class F>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  return one(
      apply<promotion, F>(environment.at(*operands.value(operands.schema()[0].name)), read_parameters(operands)));
}

// `parameters` continues the schema after "Tensor self". `float_kernel` is ExecuTorch's operator, if it has one.
template <Promotion promotion = Promotion::to_float, class F>
Definition function(std::string_view op, std::string_view parameters, std::string_view summary,
                    std::string_view float_kernel, F) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer<promotion>,
          .evaluate = evaluate<promotion, F>,
          .quantization = promotion == Promotion::predicate ? same_as_input() : observed(),
          .layout = LayoutRule::same,
          .lower = promotion == Promotion::predicate ? nullptr : activation::lower,
          .float_kernel = float_kernel};
}

}  // namespace cortado::ops::unary
