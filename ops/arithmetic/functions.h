// The functions of two numbers, on reals and on integers. Host and target, C++17.
#pragma once

#include <cstdint>

#include "support/real_math.h"

namespace cortado::ops::arithmetic {

// Names on the wire: with a tensor, with a number, and of the second operand.
struct Named {
  static constexpr const char* tensor_name = nullptr;
  static constexpr const char* scalar_name = nullptr;
  static constexpr const char* other_name = "other";
  static constexpr bool divides = false;    // integers become reals
  static constexpr bool predicate = false;  // the result is a bool
};

inline std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
inline std::int64_t times(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}
inline std::int64_t minus(std::int64_t a) { return times(a, -1); }

// Quotient towards zero, and its rest; by 0 both are 0.
inline std::int64_t quotient(std::int64_t a, std::int64_t b) { return b == 0 ? 0 : b == -1 ? minus(a) : a / b; }
inline std::int64_t rest(std::int64_t a, std::int64_t b) { return b == 0 || b == -1 ? 0 : a % b; }

struct Add : Named {
  static constexpr const char* tensor_name = "aten::add.out";
  static constexpr const char* scalar_name = "aten::add.Scalar_out";
  static float of(float a, float b, float alpha) {
    const float scaled = alpha * b;
    return a + scaled;
  }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t alpha) { return plus(a, times(alpha, b)); }
};
struct Sub : Named {
  static constexpr const char* tensor_name = "aten::sub.out";
  static constexpr const char* scalar_name = "aten::sub.Scalar_out";
  static float of(float a, float b, float alpha) { return Add::of(a, b, -alpha); }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t alpha) { return Add::of(a, b, minus(alpha)); }
};
struct Rsub : Named {
  static constexpr const char* tensor_name = "aten::rsub.Tensor_out";
  static constexpr const char* scalar_name = "aten::rsub.Scalar_out";
  static float of(float a, float b, float alpha) { return Add::of(b, a, -alpha); }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t alpha) { return Add::of(b, a, minus(alpha)); }
};
struct Mul : Named {
  static constexpr const char* tensor_name = "aten::mul.out";
  static constexpr const char* scalar_name = "aten::mul.Scalar_out";
  static float of(float a, float b, float) { return a * b; }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) { return times(a, b); }
};
struct Div : Named {
  static constexpr const char* tensor_name = "aten::div.out";
  static constexpr const char* scalar_name = "aten::div.Scalar_out";
  static constexpr bool divides = true;
  static float of(float a, float b, float) { return a / b; }
  static std::int64_t of(std::int64_t, std::int64_t, std::int64_t) { return 0; }
};

// Floats below 2^31 in magnitude are cut exactly; above they are integers.
inline float cut(float x) {
  return x < 2147483648.0f && x > -2147483648.0f
             ? __builtin_copysignf(static_cast<float>(static_cast<std::int32_t>(x)), x)
             : x;
}

struct FloorDivide : Named {
  static constexpr const char* tensor_name = "aten::floor_divide.out";
  // The quotient of what is left without the remainder: 1 / 0.1 gives 9, since 0.1 in binary is above a tenth. It is an
  // integer but for a rounding error.
  static float of(float a, float b, float) {
    if (b == 0) return a / b;
    const float rest = __builtin_fmodf(a, b);
    const float quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1.0f : 0.0f);
    const float whole = cut(quotient + (quotient < 0 ? -0.5f : 0.5f));
    return quotient == 0                                     ? __builtin_copysignf(0.0f, a / b)
           : quotient < 8388608.0f && quotient > -8388608.0f ? whole
                                                             : quotient;
  }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) {
    const std::int64_t q = quotient(a, b);
    return rest(a, b) != 0 && (a < 0) != (b < 0) ? q - 1 : q;
  }
};
struct TruncDivide : Named {
  static float of(float a, float b, float) { return cut(a / b); }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) { return quotient(a, b); }
};
struct Fmod : Named {
  static constexpr const char* tensor_name = "aten::fmod.Tensor_out";
  static constexpr const char* scalar_name = "aten::fmod.Scalar_out";
  static float of(float a, float b, float) { return __builtin_fmodf(a, b); }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) { return rest(a, b); }
};
// With the sign of the divisor.
struct Remainder : Named {
  static constexpr const char* tensor_name = "aten::remainder.Tensor_out";
  static constexpr const char* scalar_name = "aten::remainder.Scalar_out";
  static float of(float a, float b, float) {
    const float r = __builtin_fmodf(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
  }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) {
    const std::int64_t r = rest(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
  }
};
struct Pow : Named {
  static constexpr const char* tensor_name = "aten::pow.Tensor_Tensor_out";
  static constexpr const char* scalar_name = "aten::pow.Tensor_Scalar_out";
  static constexpr const char* other_name = "exponent";
  static float of(float a, float b, float) {
    return b == 2 ? a * a : static_cast<float>(real::pow(static_cast<double>(a), static_cast<double>(b)));
  }
  // A negative exponent leaves 0, or ±1 of ±1.
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) {
    if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
    std::int64_t result = 1;
    for (; b != 0; b >>= 1, a = times(a, a))
      if ((b & 1) != 0) result = times(result, a);
    return result;
  }
};
struct Atan2 : Named {
  static constexpr const char* tensor_name = "aten::atan2.out";
  static constexpr bool divides = true;
  static float of(float a, float b, float) {
    return static_cast<float>(real::atan2(static_cast<double>(a), static_cast<double>(b)));
  }
  static std::int64_t of(std::int64_t, std::int64_t, std::int64_t) { return 0; }
};

#define CORTADO_BITWISE(Type, base, expression)                                                 \
  struct Type : Named {                                                                         \
    static constexpr const char* tensor_name = "aten::" base ".Tensor_out";                     \
    static constexpr const char* scalar_name = "aten::" base ".Scalar_out";                     \
    static float of(float, float, float) { return 0; }                                          \
    static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) { return expression; } \
  };
CORTADO_BITWISE(BitwiseAnd, "bitwise_and", a& b)
CORTADO_BITWISE(BitwiseOr, "bitwise_or", a | b)
CORTADO_BITWISE(BitwiseXor, "bitwise_xor", a ^ b)
#undef CORTADO_BITWISE

// Bits that are shifted out are gone; a shift by 64 or more, or by a negative number, shifts all of them out.
struct LeftShift : Named {
  static constexpr const char* tensor_name = "aten::bitwise_left_shift.Tensor_out";
  static constexpr const char* scalar_name = "aten::bitwise_left_shift.Tensor_Scalar_out";
  static float of(float, float, float) { return 0; }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) {
    return b < 0 || b > 63 ? 0 : static_cast<std::int64_t>(static_cast<std::uint64_t>(a) << b);
  }
};
struct RightShift : Named {
  static constexpr const char* tensor_name = "aten::bitwise_right_shift.Tensor_out";
  static constexpr const char* scalar_name = "aten::bitwise_right_shift.Tensor_Scalar_out";
  static float of(float, float, float) { return 0; }
  static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) {
    return b < 0 || b > 63 ? (a < 0 ? -1 : 0) : a >> b;
  }
};

#define CORTADO_PREDICATE(Type, wire, scalar_wire, expression)                                  \
  struct Type : Named {                                                                         \
    static constexpr const char* tensor_name = wire;                                            \
    static constexpr const char* scalar_name = scalar_wire;                                     \
    static constexpr bool predicate = true;                                                     \
    static float of(float a, float b, float) { return expression; }                             \
    static std::int64_t of(std::int64_t a, std::int64_t b, std::int64_t) { return expression; } \
  };
CORTADO_PREDICATE(Eq, "aten::eq.Tensor_out", "aten::eq.Scalar_out", a == b)
CORTADO_PREDICATE(Ne, "aten::ne.Tensor_out", "aten::ne.Scalar_out", a != b)
CORTADO_PREDICATE(Lt, "aten::lt.Tensor_out", "aten::lt.Scalar_out", a < b)
CORTADO_PREDICATE(Le, "aten::le.Tensor_out", "aten::le.Scalar_out", a <= b)
CORTADO_PREDICATE(Gt, "aten::gt.Tensor_out", "aten::gt.Scalar_out", a > b)
CORTADO_PREDICATE(Ge, "aten::ge.Tensor_out", "aten::ge.Scalar_out", a >= b)
CORTADO_PREDICATE(LogicalAnd, "aten::logical_and.out", nullptr, a != 0 && b != 0)
CORTADO_PREDICATE(LogicalOr, "aten::logical_or.out", nullptr, a != 0 || b != 0)
CORTADO_PREDICATE(LogicalXor, "aten::logical_xor.out", nullptr, (a != 0) != (b != 0))
#undef CORTADO_PREDICATE

}  // namespace cortado::ops::arithmetic
