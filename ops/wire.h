// Derives the compiler's view of a wire operator from its contract. Host.
#pragma once

#include "ops/definition.h"
#include "ops/wire_list.h"  // generated from operators.cmake

namespace cortado::ops {

template <class T>
constexpr Field::Kind field_kind() {
  using K = Field::Kind;
  if constexpr (std::is_same_v<T, Tensor>)
    return K::tensor;
  else if constexpr (std::is_same_v<T, OptionalTensor>)
    return K::optional_tensor;
  else if constexpr (std::is_same_v<T, TensorList>)
    return K::tensor_list;
  else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::int32_t>)
    return K::integer;
  else if constexpr (std::is_same_v<T, OptionalInt>)
    return K::optional_integer;
  else if constexpr (std::is_same_v<T, double>)
    return K::number;
  else if constexpr (std::is_same_v<T, OptionalNumber>)
    return K::optional_number;
  else if constexpr (std::is_same_v<T, bool>)
    return K::boolean;
  else if constexpr (std::is_same_v<T, IntList>)
    return K::int_list;
  else if constexpr (std::is_same_v<T, OptionalIntList>)
    return K::optional_int_list;
  else if constexpr (std::is_same_v<T, NumberList>)
    return K::number_list;
  else if constexpr (std::is_same_v<T, OptionalNumberList>)
    return K::optional_number_list;
  else if constexpr (std::is_same_v<T, BoolList>)
    return K::bool_list;
  else if constexpr (std::is_same_v<T, Scalar>)
    return K::scalar;
  else if constexpr (std::is_same_v<T, OptionalScalar>)
    return K::optional_scalar;
  else if constexpr (std::is_same_v<T, String>)
    return K::string;
  else if constexpr (std::is_same_v<T, OptionalString>)
    return K::optional_string;
  else if constexpr (std::is_same_v<T, DType>)
    return K::dtype;
  else {
    static_assert(std::is_same_v<T, OptionalDType>, "not an argument type");
    return K::optional_dtype;
  }
}

template <class Args>
std::vector<Field> fields_of() {
  std::vector<Field> fields;
  Args::fields([&]<class T>(const char* name, T Args::*) { fields.push_back({name, field_kind<T>()}); });
  return fields;
}

// Args: the contract of `kernel`.
template <class Args>
WireOperator wire_operator(const Kernel& kernel, std::string_view summary) {
  return {Args::name, fields_of<Args>(), kernel.outputs, &kernel, summary};
}

}  // namespace cortado::ops
