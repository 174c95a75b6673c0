// Arithmetic on sizes that come from files. Every function reports overflow instead of wrapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace cortado {

// result = a op b; false when the mathematical value does not fit T (result is then unspecified).
template <class T>
[[nodiscard]] constexpr bool checked_add(T a, T b, T& result) {
  return !__builtin_add_overflow(a, b, &result);
}
template <class T>
[[nodiscard]] constexpr bool checked_sub(T a, T b, T& result) {
  return !__builtin_sub_overflow(a, b, &result);
}
template <class T>
[[nodiscard]] constexpr bool checked_mul(T a, T b, T& result) {
  return !__builtin_mul_overflow(a, b, &result);
}

// value converted to To; false when it does not fit.
template <class To, class From>
[[nodiscard]] constexpr bool checked_cast(From value, To& result) {
  static_assert(std::is_integral<To>::value && std::is_integral<From>::value, "integers only");
  result = static_cast<To>(value);
  return static_cast<From>(result) == value && (result < To{}) == (value < From{});
}

// Product of `count` sizes; false when a size is negative, or when the product of those that are not 0 is too large for
// a signed integer: otherwise every product of some of them, as strides are, is safe in either kind.
[[nodiscard]] inline bool checked_product(const std::int64_t* sizes, std::size_t count, std::size_t& result) {
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());
  bool is_empty = false;
  result = 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t size = 0;
    if (!checked_cast(sizes[i], size)) return false;
    if (size == 0)
      is_empty = true;
    else if (!checked_mul(result, size, result) || result > most)
      return false;
  }
  if (is_empty) result = 0;
  return true;
}

// The next multiple of `alignment` (a power of two) at or above `value`; false on overflow.
[[nodiscard]] inline bool checked_align_up(std::size_t value, std::size_t alignment, std::size_t& result) {
  if (!checked_add(value, alignment - 1, result)) return false;
  result &= ~(alignment - 1);
  return true;
}

}  // namespace cortado
