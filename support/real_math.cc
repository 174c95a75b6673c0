#include "support/real_math.h"

#include <cstdint>
#include <cstring>

namespace cortado::real {
namespace {

constexpr double infinity = __builtin_inf();
constexpr double pi = 3.14159265358979323846;
constexpr double ln2_high =
    6.93147180369123816490e-01;  // the leading 33 bits of ln 2: products with small integers are exact
constexpr double ln2_low = 1.90821492927058770002e-10;

bool is_nan(double x) { return x != x; }
double magnitude(double x) { return x < 0 ? -x : x; }
double square_root(double x) { return __builtin_sqrt(x); }

std::uint64_t bits_of(double x) {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
double from_bits(std::uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

// The nearest integer, halves to even; |x| below 2^51.
double rounded(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

// x · 2^n for results in the range of normal doubles, in two steps for those near its ends.
double scaled(double x, std::int32_t n) {
  const std::int32_t half = n / 2;
  return x * from_bits(static_cast<std::uint64_t>(1023 + half) << 52) *
         from_bits(static_cast<std::uint64_t>(1023 + n - half) << 52);
}

// 1/n and 1/n! for n < 30, made by the compiler: divisions are slow on the cores.
struct Coefficients {
  double reciprocal[30] = {};
  double of_factorial[30] = {};
  constexpr Coefficients() {
    double factorial = 1;
    for (int n = 0; n < 30; ++n) {
      factorial *= n > 0 ? n : 1;
      of_factorial[n] = 1 / factorial;
      reciprocal[n] = n > 0 ? 1.0 / n : 0;
    }
  }
};
constexpr Coefficients coefficients;

// Σ_{i ≥ 1} r^i / i! for |r| ≤ 0.35.
double exponential_series(double r) {
  double sum = 0;
  for (int i = 14; i >= 1; --i) sum = sum * r + coefficients.of_factorial[i];
  return sum * r;
}

// ln((1 + s) / (1 − s)) for |s| ≤ 0.18.
double logarithm_series(double s) {
  const double square = s * s;
  double sum = 0;
  for (int i = 23; i >= 1; i -= 2) sum = sum * square + coefficients.reciprocal[i];
  return 2 * s * sum;
}

// Mantissa in √½ … √2 and exponent of a positive number.
double split(double x, std::int32_t& exponent) {
  exponent = 0;
  if (x < 0x1p-1000) {
    x *= 0x1p60;
    exponent = -60;
  }
  const std::uint64_t bits = bits_of(x);
  exponent += static_cast<std::int32_t>(bits >> 52) - 1023;
  double mantissa = from_bits((bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1023} << 52));
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  return mantissa;
}

// x − n · π/2 in −π/4 … π/4, and n mod 4.
double reduced(double x, int& quadrant) {
  constexpr double high = 1.57079632673412561417e+00;  // 33 bits each
  constexpr double middle = 6.07710050630396597660e-11;
  constexpr double low = 2.02226624879595063154e-21;
  const double n = rounded(x * (2 / pi));
  quadrant = static_cast<int>(static_cast<std::int64_t>(n) & 3);
  return ((x - n * high) - n * middle) - n * low;
}

double sine_series(double r) {
  const double square = r * r;
  double sum = 0;
  for (int i = 19; i >= 1; i -= 2) sum = coefficients.of_factorial[i] - square * sum;
  return r * sum;
}
double cosine_series(double r) {
  const double square = r * r;
  double sum = 0;
  for (int i = 20; i >= 0; i -= 2) sum = coefficients.of_factorial[i] - square * sum;
  return sum;
}

constexpr double largest_angle = 0x1p50;

double sine_in(int quadrant, double r) {
  const double value = (quadrant & 1) != 0 ? cosine_series(r) : sine_series(r);
  return (quadrant & 2) != 0 ? -value : value;
}

// atan of 0 … 1: against 1/√3 above tan(π/12), by a series below.
double arc_tangent_of_fraction(double x) {
  constexpr double root_three = 1.7320508075688772;
  double offset = 0;
  if (x > 0.2679491924311227) {
    offset = pi / 6;
    x = (root_three * x - 1) / (root_three + x);
  }
  const double square = x * x;
  double sum = 0;
  for (int i = 27; i >= 1; i -= 2) sum = coefficients.reciprocal[i] - square * sum;
  return offset + x * sum;
}

}  // namespace

double exp(double x) {
  if (is_nan(x)) return x;
  if (x > 709.7) return infinity;
  if (x < -708.3) return 0;
  const double n = rounded(x * 1.44269504088896338700);
  const double r = (x - n * ln2_high) - n * ln2_low;
  return scaled(1 + exponential_series(r), static_cast<std::int32_t>(n));
}

double expm1(double x) { return magnitude(x) < 0.35 ? exponential_series(x) : exp(x) - 1; }

double log(double x) {
  if (is_nan(x) || x == infinity) return x;
  if (x == 0) return -infinity;
  if (x < 0) return __builtin_nan("");
  std::int32_t exponent = 0;
  const double mantissa = split(x, exponent);
  const double part = logarithm_series((mantissa - 1) / (mantissa + 1));
  return exponent * ln2_high + (part + exponent * ln2_low);
}

double log1p(double x) { return magnitude(x) < 0.25 ? logarithm_series(x / (2 + x)) : log(1 + x); }

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (is_nan(x) || is_nan(y)) return x + y;
  const bool y_is_integer = magnitude(y) >= 0x1p52 || rounded(y) == y;
  const bool y_is_odd = y_is_integer && magnitude(y) < 0x1p53 && (static_cast<std::int64_t>(y) & 1) != 0;
  const double base = magnitude(x);
  const bool negative = (x < 0 || (x == 0 && (bits_of(x) >> 63) != 0)) && y_is_odd;
  if (x < 0 && base != infinity && !y_is_integer) return __builtin_nan("");
  double result;
  if (base == 0)
    result = y > 0 ? 0 : infinity;
  else if (base == 1)
    result = 1;
  else if (magnitude(y) == infinity || base == infinity)
    result = (base > 1) == (y > 0) ? infinity : 0;
  else
    result = exp(y * log(base));
  return negative ? -result : result;
}

double sin(double x) {
  if (!(magnitude(x) < largest_angle)) return is_nan(x) || magnitude(x) == infinity ? __builtin_nan("") : 0;
  int quadrant = 0;
  const double r = reduced(x, quadrant);
  return sine_in(quadrant, r);
}

double cos(double x) {
  if (!(magnitude(x) < largest_angle)) return is_nan(x) || magnitude(x) == infinity ? __builtin_nan("") : 1;
  int quadrant = 0;
  const double r = reduced(x, quadrant);
  return sine_in(quadrant + 1, r);
}

double tan(double x) { return sin(x) / cos(x); }

double atan(double x) {
  if (is_nan(x)) return x;
  const double m = magnitude(x);
  const double angle = m > 1 ? pi / 2 - arc_tangent_of_fraction(1 / m) : arc_tangent_of_fraction(m);
  return x < 0 ? -angle : x == 0 ? x : angle;
}

double atan2(double y, double x) {
  if (is_nan(x) || is_nan(y)) return x + y;
  const bool down = (bits_of(y) >> 63) != 0, left = (bits_of(x) >> 63) != 0;
  const double mx = magnitude(x), my = magnitude(y);
  double angle;
  if (my == 0)
    angle = 0;
  else if (mx == 0)
    angle = pi / 2;
  else if (mx == infinity)
    angle = my == infinity ? pi / 4 : 0;
  else
    angle = my > mx ? pi / 2 - arc_tangent_of_fraction(mx / my) : arc_tangent_of_fraction(my / mx);
  if (left) angle = pi - angle;
  return down ? -angle : angle;
}

double asin(double x) { return 2 * atan(x / (1 + square_root((1 - x) * (1 + x)))); }

double acos(double x) { return x == -1 ? pi : 2 * atan(square_root((1 - x) / (1 + x))); }

double sinh(double x) {
  const double m = magnitude(x);
  if (m > 709) return x < 0 ? -infinity : infinity;
  const double t = expm1(m);
  const double value = 0.5 * (t + t / (t + 1));
  return x < 0 ? -value : x == 0 ? x : value;
}

double cosh(double x) {
  if (magnitude(x) > 709) return infinity;
  const double e = exp(magnitude(x));
  return 0.5 * (e + 1 / e);
}

double tanh(double x) {
  if (is_nan(x)) return x;
  const double m = magnitude(x);
  double value = 1;
  if (m < 22) {
    const double t = expm1(2 * m);
    value = t / (t + 2);
  }
  return x < 0 ? -value : x == 0 ? x : value;
}

double asinh(double x) {
  const double m = magnitude(x);
  if (is_nan(x) || m == infinity) return x;
  const double value = m > 1e9 ? log(m) + 0.69314718055994531 : log1p(m + m * m / (1 + square_root(1 + m * m)));
  return x < 0 ? -value : x == 0 ? x : value;
}

double acosh(double x) {
  if (x < 1) return __builtin_nan("");
  if (x > 1e9) return log(x) + 0.69314718055994531;
  const double t = x - 1;
  return log1p(t + square_root(t * (t + 2)));
}

double atanh(double x) {
  const double m = magnitude(x);
  const double value = m == 1 ? infinity : 0.5 * log1p(2 * m / (1 - m));
  return x < 0 ? -value : x == 0 ? x : value;
}

// 2/√π · e^−x² · Σ 2^n x^(2n+1) / (1 · 3 · … · (2n+1)): all terms positive.
double erf(double x) {
  if (is_nan(x)) return x;
  const double m = magnitude(x);
  double value = 1;
  if (m < 6) {
    const double square = m * m;
    double term = m, sum = m;
    for (int n = 1; n < 200 && term > sum * 1e-17; ++n) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    value = 1.12837916709551257390 * exp(-square) * sum;
  }
  return x < 0 ? -value : x == 0 ? x : value;
}

double sigmoid(double x) { return 1 / (1 + exp(-x)); }

}  // namespace cortado::real
