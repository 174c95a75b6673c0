// Element types: conversion as PyTorch's .to() does it, and PyTorch's rules of promotion. Host.
#pragma once

#include <initializer_list>
#include <string_view>

#include "ops/definition.h"

namespace cortado::ops {

// Numbers towards zero for integers, wrapping; != 0 for booleans. The same tensor when it has the type already.
ir::Tensor cast(const ir::Tensor& tensor, DType dtype);

// The type in which values of `dtype` are computed: f32 for all short floats, f64, i64 for integers and booleans.
DType compute_dtype(DType dtype);

// The smallest type that holds both, as torch.promote_types.
DType promote(DType a, DType b);

// The element type of an operator on several operands (torch.result_type): tensors with dimensions outrank tensors
// without, which outrank numbers, unless the lower one is of a higher kind (boolean < integer < float). Absent operands
// are skipped.
DType result_dtype(const Operands& operands, std::initializer_list<std::string_view> names);

// The same for the tensors that an evaluation is given: they may be of another shape and precision than the node's,
// when an operator is tabulated.
DType evaluated_dtype(const Operands& operands, const Environment& environment,
                      std::initializer_list<std::string_view> names);

// The same for operators that always compute in float: f32 for integers and booleans.
DType float_dtype(DType dtype);

// The operand as a tensor of `dtype`; a number becomes a tensor of rank 0. It must be present.
ir::Tensor operand(const Operands& operands, const Environment& environment, std::string_view name, DType dtype);
// Its shape; [] for a number.
ir::Shape operand_shape(const Operands& operands, std::string_view name);

// Rank-0 tensor.
ir::Tensor scalar(double value, DType dtype);

// Calls f(T{}) with T the C++ type of a compute_dtype(): float, double or std::int64_t.
template <class F>
auto with_compute_type(DType dtype, F f) {
  switch (compute_dtype(dtype)) {
    case DType::f64: return f(double{});
    case DType::i64: return f(std::int64_t{});
    default: return f(float{});
  }
}
// The same for operators that compute in float alone: float or double.
template <class F>
auto with_float_type(DType dtype, F f) {
  return dtype == DType::f64 ? f(double{}) : f(float{});
}
template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, float>)
    return DType::f32;
  else if constexpr (std::is_same_v<T, double>)
    return DType::f64;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return DType::i64;
  else
    return DType::boolean;
}

}  // namespace cortado::ops
