// The table of functions: name on the wire, what integers become, and the function on reals. Host and target, C++17.
#pragma once

#include <cstdint>

#include "support/real_math.h"

namespace cortado::ops::functions {

enum class Integers : std::uint8_t {
  real,       // become reals; the result is f32
  keep,       // stay integers: the function must have of(std::int64_t)
  predicate,  // the result is a bool: of(double) is 0 or 1
};

// Parameters of the functions that have any, in the order of the contract.
struct Parameters {
  double a = 0, b = 0, c = 0;
};

#define CORTADO_REAL_FUNCTION(Type, wire, expression)                    \
  struct Type {                                                          \
    static constexpr const char* name = wire;                            \
    static constexpr Integers integers = Integers::real;                 \
    static double of(double x, const Parameters&) { return expression; } \
  };

CORTADO_REAL_FUNCTION(Acos, "aten::acos.out", real::acos(x))
CORTADO_REAL_FUNCTION(Acosh, "aten::acosh.out", real::acosh(x))
CORTADO_REAL_FUNCTION(Asin, "aten::asin.out", real::asin(x))
CORTADO_REAL_FUNCTION(Asinh, "aten::asinh.out", real::asinh(x))
CORTADO_REAL_FUNCTION(Atan, "aten::atan.out", real::atan(x))
CORTADO_REAL_FUNCTION(Atanh, "aten::atanh.out", real::atanh(x))
CORTADO_REAL_FUNCTION(Cos, "aten::cos.out", real::cos(x))
CORTADO_REAL_FUNCTION(Cosh, "aten::cosh.out", real::cosh(x))
CORTADO_REAL_FUNCTION(Erf, "aten::erf.out", real::erf(x))
CORTADO_REAL_FUNCTION(Exp, "aten::exp.out", real::exp(x))
CORTADO_REAL_FUNCTION(Expm1, "aten::expm1.out", real::expm1(x))
CORTADO_REAL_FUNCTION(Log, "aten::log.out", real::log(x))
CORTADO_REAL_FUNCTION(Log10, "aten::log10.out", real::log(x) * 0.43429448190325182765)
CORTADO_REAL_FUNCTION(Log1p, "aten::log1p.out", real::log1p(x))
CORTADO_REAL_FUNCTION(Log2, "aten::log2.out", real::log(x) * 1.44269504088896340736)
CORTADO_REAL_FUNCTION(Reciprocal, "aten::reciprocal.out", 1 / x)
CORTADO_REAL_FUNCTION(Rsqrt, "aten::rsqrt.out", 1 / __builtin_sqrt(x))
CORTADO_REAL_FUNCTION(Sigmoid, "aten::sigmoid.out", real::sigmoid(x))
CORTADO_REAL_FUNCTION(Sin, "aten::sin.out", real::sin(x))
CORTADO_REAL_FUNCTION(Sinh, "aten::sinh.out", real::sinh(x))
CORTADO_REAL_FUNCTION(Sqrt, "aten::sqrt.out", __builtin_sqrt(x))
CORTADO_REAL_FUNCTION(Tan, "aten::tan.out", real::tan(x))
CORTADO_REAL_FUNCTION(Tanh, "aten::tanh.out", real::tanh(x))
#undef CORTADO_REAL_FUNCTION

#define CORTADO_KEEPING_FUNCTION(Type, wire, expression, on_integers)    \
  struct Type {                                                          \
    static constexpr const char* name = wire;                            \
    static constexpr Integers integers = Integers::keep;                 \
    static double of(double x, const Parameters&) { return expression; } \
    static std::int64_t of(std::int64_t x) { return on_integers; }       \
  };

// Floats from 2^52 on are integers already; the bits of the sign survive roundings to 0.
inline double towards_zero(double x) {
  if (!(x < 0x1p52 && x > -0x1p52)) return x;
  return __builtin_copysign(static_cast<double>(static_cast<std::int64_t>(x)), x);
}
inline double to_even(double x) {
  if (!(x < 0x1p52 && x > -0x1p52)) return x;
  return __builtin_copysign(x < 0 ? (x - 0x1p52) + 0x1p52 : (x + 0x1p52) - 0x1p52, x);
}
inline double floor_of(double x) { return towards_zero(x) > x ? towards_zero(x) - 1 : towards_zero(x); }
inline double ceiling_of(double x) { return towards_zero(x) < x ? towards_zero(x) + 1 : towards_zero(x); }
inline std::int64_t negated(std::int64_t x) { return static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x)); }

CORTADO_KEEPING_FUNCTION(Abs, "aten::abs.out", __builtin_fabs(x), x < 0 ? negated(x) : x)
CORTADO_KEEPING_FUNCTION(Neg, "aten::neg.out", -x, negated(x))
CORTADO_KEEPING_FUNCTION(Sign, "aten::sign.out", x != x ? x : static_cast<double>((x > 0) - (x < 0)), (x > 0) - (x < 0))
CORTADO_KEEPING_FUNCTION(Floor, "aten::floor.out", floor_of(x), x)
CORTADO_KEEPING_FUNCTION(Ceil, "aten::ceil.out", ceiling_of(x), x)
CORTADO_KEEPING_FUNCTION(Round, "aten::round.out", to_even(x), x)
CORTADO_KEEPING_FUNCTION(Trunc, "aten::trunc.out", towards_zero(x), x)
#undef CORTADO_KEEPING_FUNCTION

struct LogicalNot {
  static constexpr const char* name = "aten::logical_not.out";
  static constexpr Integers integers = Integers::predicate;
  static double of(double x, const Parameters&) { return x == 0; }
};
struct IsNan {
  static constexpr const char* name = "aten::isnan.out";
  static constexpr Integers integers = Integers::predicate;
  static double of(double x, const Parameters&) { return x != x; }
};
struct IsInf {
  static constexpr const char* name = "aten::isinf.out";
  static constexpr Integers integers = Integers::predicate;
  static double of(double x, const Parameters&) { return x == x && x - x != 0; }
};

// --- with parameters

// a = alpha · scale, b = scale, c = input_scale
struct Elu {
  static double of(double x, const Parameters& p) { return x <= 0 ? real::expm1(x * p.c) * p.a : x * p.b; }
};
// a = slope
struct LeakyRelu {
  static double of(double x, const Parameters& p) { return x > 0 ? x : x * p.a; }
};
struct Gelu {
  static double of(double x, const Parameters&) { return 0.5 * x * (1 + real::erf(x * 0.70710678118654752440)); }
};
struct TanhGelu {
  static double of(double x, const Parameters&) {
    return 0.5 * x * (1 + real::tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x)));
  }
};
// a = eps, or negative for none
struct Logit {
  static double of(double x, const Parameters& p) {
    if (p.a >= 0) x = x < p.a ? p.a : x > 1 - p.a ? 1 - p.a : x;
    return real::log(x / (1 - x));
  }
};

}  // namespace cortado::ops::functions
