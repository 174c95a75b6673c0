// Elements of any type, one at a time: for operators that convert or are rare. Host and target, C++17.
#pragma once

#include <string.h>

#include <type_traits>

#include "ops/contract.h"

namespace cortado::ops {

// Calls f(T{}) with the C++ type of a numeric dtype, bool as std::uint8_t; false for types that have none (f16, bf16,
// i4).
template <class F>
bool with_type(DType dtype, F f) {
  switch (dtype) {
    case DType::u8:
    case DType::boolean: return f(std::uint8_t{}), true;
    case DType::i8: return f(std::int8_t{}), true;
    case DType::i16: return f(std::int16_t{}), true;
    case DType::i32: return f(std::int32_t{}), true;
    case DType::i64: return f(std::int64_t{}), true;
    case DType::f32: return f(float{}), true;
    case DType::f64: return f(double{}), true;
    default: return false;
  }
}

inline bool has_type(DType dtype) {
  return with_type(dtype, [](auto) {});
}

// An element without its type: integers and bools exactly, floats as double.
struct Number {
  std::int64_t integer = 0;
  double real = 0;
  bool is_integer = true;

  double as_real() const { return is_integer ? static_cast<double>(integer) : real; }
};

inline Number load_number(DType dtype, const void* data, std::int64_t index) {
  Number number;
  with_type(dtype, [&](auto type) {
    using T = decltype(type);
    const T value = static_cast<const T*>(data)[index];
    number.is_integer = std::is_integral_v<T>;
    if constexpr (std::is_integral_v<T>)
      number.integer = value;
    else
      number.real = value;
  });
  return number;
}

// A float beyond an integer type saturates, NaN gives 0; an integer wraps. Bools are 0 or 1.
template <class T>
T converted(const Number& number) {
  if constexpr (!std::is_integral_v<T>) {
    return number.is_integer ? static_cast<T>(number.integer) : static_cast<T>(number.real);
  } else {
    if (number.is_integer) return static_cast<T>(static_cast<std::uint64_t>(number.integer));
    if (number.real != number.real) return 0;
    constexpr std::int64_t low = std::is_signed_v<T> ? INT64_MIN >> (64 - 8 * sizeof(T)) : 0;
    constexpr std::int64_t high = static_cast<std::int64_t>(
        std::is_signed_v<T> ? ~(~std::uint64_t{0} << (8 * sizeof(T) - 1)) : ~std::uint64_t{0} >> (64 - 8 * sizeof(T)));
    if (number.real <= static_cast<double>(low)) return static_cast<T>(low);
    if (number.real >= static_cast<double>(high)) return static_cast<T>(high);
    return static_cast<T>(number.real);
  }
}

inline void store_number(DType dtype, void* data, std::int64_t index, const Number& number) {
  if (dtype == DType::boolean) {
    static_cast<std::uint8_t*>(data)[index] = number.is_integer ? number.integer != 0 : number.real != 0;
    return;
  }
  with_type(dtype, [&](auto type) {
    using T = decltype(type);
    static_cast<T*>(data)[index] = converted<T>(number);
  });
}

inline Number number_of(const Scalar& scalar) {
  Number number;
  number.is_integer = scalar.is_integer || scalar.is_boolean;
  number.integer = scalar.integer;
  number.real = scalar.number;
  return number;
}

}  // namespace cortado::ops
