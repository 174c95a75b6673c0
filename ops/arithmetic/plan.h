// The plan of an operator on two numbers, whatever the function. Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "ops/element.h"
#include "ops/strided.h"

namespace cortado::ops::arithmetic {

struct Plan {
  Nest<3> nest;
  const void *self, *other;
  void* out;
  DType self_type, other_type, out_type;
  bool in_reals;  // the common type is a float
  float alpha_real;
  std::int64_t alpha;
  float (*of_real)(float, float, float);
  std::int64_t (*of_integer)(std::int64_t, std::int64_t, std::int64_t);
  std::int64_t number;  // a scalar operand, as an element of type other_type
};

inline bool all_f32(const Plan& plan) {
  return plan.self_type == DType::f32 && plan.other_type == DType::f32 && plan.out_type == DType::f32;
}

inline std::int64_t integer_of(const Scalar& scalar) { return converted<std::int64_t>(number_of(scalar)); }

// `other` may be a number: a tensor of rank 0 whose memory is plan.number, a float where self is of floats.
inline Tensor scalar_operand(DType self, const Scalar& scalar, Plan& plan) {
  Tensor tensor;
  tensor.dtype = is_float(self)      ? DType::f32
                 : scalar.is_boolean ? DType::boolean
                 : scalar.is_integer ? DType::i64
                                     : DType::f32;
  tensor.data = &plan.number;
  store_number(tensor.dtype, tensor.data, 0, number_of(scalar));
  return tensor;
}

// Function: of(…), divides and predicate as in functions.h. of_real and of_integer are set already.
template <class Function>
ErrorCode make_plan(const Tensor& self, const Tensor& other, const Tensor& out, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(self.dtype) && has_type(other.dtype) && has_type(out.dtype), "no arithmetic on this element type")
      .that(broadcasts_to(self, out), "self does not broadcast to out")
      .that(broadcasts_to(other, out), "other does not broadcast to out");
  plan.in_reals = is_float(self.dtype) || is_float(other.dtype) || Function::divides;
  if (Function::predicate)
    check.dtype("out", out, DType::boolean);
  else
    check.that(is_float(out.dtype) == plan.in_reals, "out must have the common type of the operands");
  if (!check.ok()) return check.code();
  plan.nest = binary_nest(out, self, other);
  plan.self = self.data;
  plan.other = other.data;
  plan.out = out.data;
  plan.self_type = self.dtype;
  plan.other_type = other.dtype;
  plan.out_type = out.dtype;
  return check.code();
}

// One element, any types.
inline Number result_of(const Plan& plan, const Number& a, const Number& b) {
  Number y;
  y.is_integer = !plan.in_reals;
  if (plan.in_reals)
    y.real = static_cast<double>(
        plan.of_real(static_cast<float>(a.as_real()), static_cast<float>(b.as_real()), plan.alpha_real));
  else
    y.integer = plan.of_integer(a.integer, b.integer, plan.alpha);
  return y;
}

inline void run_any(const Plan& plan) {
  const Nest<3>& nest = plan.nest;
  for_each_row(nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < nest.row_size(); ++i)
      store_number(plan.out_type, plan.out, offset[0] + i * nest.row_stride(0),
                   result_of(plan, load_number(plan.self_type, plan.self, offset[1] + i * nest.row_stride(1)),
                             load_number(plan.other_type, plan.other, offset[2] + i * nest.row_stride(2))));
  });
}

// The same with the function inlined where everything is f32.
template <class Function>
void run(const Plan& plan) {
  if (!all_f32(plan)) return run_any(plan);
  const float alpha = plan.alpha_real;
  map_binary(plan.nest, static_cast<float*>(plan.out), static_cast<const float*>(plan.self),
             static_cast<const float*>(plan.other), [alpha](float a, float b) { return Function::of(a, b, alpha); });
}

}  // namespace cortado::ops::arithmetic
