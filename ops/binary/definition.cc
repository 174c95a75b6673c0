// Elementwise arithmetic on two operands, one line each. TensorOrNumber: programs give numbers where the schema has a
// tensor; normalisation makes constants of them.
#include <cmath>

#include "ops/activation/lower.h"
#include "ops/add/lower.h"
#include "ops/binary/float_forms.h"
#include "ops/binary/function.h"
#include "ops/binary/rewrites.h"
#include "ops/div/lower.h"
#include "ops/extremes/lower.h"
#include "ops/mul/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

using binary::function;
constexpr auto to_float = binary::Promotion::to_float;

// A decomposed program may have its number first: 1 − x.
constexpr std::string_view tensors = "TensorOrNumber self, TensorOrNumber other";
constexpr std::string_view scaled = "TensorOrNumber self, TensorOrNumber other, *, Scalar alpha=1";

QuantizationRule observed_with_activation() { return {.output = OutputRule::observed, .accepts_activation = true}; }

// Floats have no bits to combine.
Definition of_integers(Definition definition) {
  definition.constraints = {{"the operands are integers or truth values", [](const Operands& o) {
                               return !is_float(binary::operand_dtype<binary::Promotion::common>(o));
                             }}};
  return definition;
}

// Division with the quotient rounded down; integers by 0 give 0 (PyTorch raises an error). Of reals it is the quotient
// of what is left without the remainder: 1 / 0.1 gives 9, since 0.1 in binary is above a tenth.
template <class T>
T floor_quotient(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (b == 0) return a / b;
    const T rest = std::fmod(a, b);
    const T quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1 : 0);
    return quotient == 0 ? std::copysign(T{0}, a / b) : std::nearbyint(quotient);
  } else {
    if (b == 0) return 0;
    if (b == -1) return static_cast<T>(0 - static_cast<std::uint64_t>(a));
    const T quotient = a / b;
    return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
  }
}
template <class T>
T truncated_quotient(T a, T b) {
  if constexpr (std::is_floating_point_v<T>)
    return std::trunc(a / b);
  else
    return b == 0 ? 0 : b == -1 ? static_cast<T>(0 - static_cast<std::uint64_t>(a)) : a / b;
}
// The remainder with the sign of the divisor.
template <class T>
T remainder(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    const T rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  } else {
    if (b == 0 || b == -1) return 0;
    const T rest = a % b;
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  }
}
template <class T>
T fmod(T a, T b) {
  if constexpr (std::is_floating_point_v<T>)
    return std::fmod(a, b);
  else
    return b == 0 || b == -1 ? 0 : a % b;
}
// Bits that are shifted out are gone.
std::int64_t shifted(std::int64_t a, std::int64_t b, bool left) {
  if (b < 0 || b > 63) return !left && a < 0 ? -1 : 0;
  return left ? static_cast<std::int64_t>(static_cast<std::uint64_t>(a) << b) : a >> b;
}
// Integers wrap; a negative exponent leaves 0, or ±1 for a base of ±1.
std::int64_t integer_power(std::int64_t a, std::int64_t b) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
  std::uint64_t result = 1;
  auto base = static_cast<std::uint64_t>(a);
  for (auto exponent = static_cast<std::uint64_t>(b); exponent != 0; exponent >>= 1, base *= base)
    if (exponent & 1) result *= base;
  return static_cast<std::int64_t>(result);
}
template <class T>
T power(T a, T b) {
  if constexpr (std::is_floating_point_v<T>)
    return b == 2 ? a * a : std::pow(a, b);
  else
    return integer_power(a, b);
}
// Integer arithmetic wraps instead of overflowing.
template <class T>
T sum(T a, T b, T alpha) {
  if constexpr (std::is_floating_point_v<T>)
    return a + alpha * b;
  else
    return static_cast<T>(static_cast<std::uint64_t>(a) +
                          static_cast<std::uint64_t>(alpha) * static_cast<std::uint64_t>(b));
}
template <class T>
T product(T a, T b) {
  if constexpr (std::is_floating_point_v<T>)
    return a * b;
  else
    return static_cast<T>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

// clang-format off: one line, one function
void add_sums_and_products(Registry& r) {
  const auto plus = [](auto a, auto b, auto alpha) { return sum(a, b, alpha); };
  const auto subtract = [](auto a, auto b, auto alpha) { using T = decltype(a); return sum(a, b, static_cast<T>(-alpha)); };
  const auto subtract_from = [](auto a, auto b, auto alpha) { using T = decltype(a); return sum(b, a, static_cast<T>(-alpha)); };
  const auto multiply = [](auto a, auto b, auto) { return product(a, b); };
  const auto divide = [](auto a, auto b, auto) { return a / b; };
  r.add(on_integers(function("aten::add.Tensor", scaled, "y = a + alpha · b", "aten::add.out", observed_with_activation(), plus), add::lower_sum));
  r.add(function("aten::add.Scalar", "Tensor self, Scalar other, Scalar alpha=1", "y = a + alpha · b", "aten::add.Scalar_out", observed_with_activation(), plus));
  r.add(on_integers(function("aten::sub.Tensor", scaled, "y = a − alpha · b", "aten::sub.out", observed_with_activation(), subtract), add::lower_difference));
  r.add(function("aten::sub.Scalar", "Tensor self, Scalar other, Scalar alpha=1", "y = a − alpha · b", "aten::sub.Scalar_out", observed_with_activation(), subtract));
  r.add(on_integers(function("aten::rsub.Tensor", "Tensor self, Tensor other, *, Scalar alpha=1", "y = b − alpha · a", "", observed(), subtract_from), add::lower_reverse_difference));
  r.add(function("aten::rsub.Scalar", "Tensor self, Scalar other, Scalar alpha=1", "y = b − alpha · a", "aten::rsub.Scalar_out", observed(), subtract_from));
  r.add(on_integers(function("aten::mul.Tensor", tensors, "y = a · b", "aten::mul.out", observed(), multiply), mul::lower));
  r.add(function("aten::mul.Scalar", "Tensor self, Scalar other", "y = a · b", "aten::mul.Scalar_out", observed(), multiply));
  r.add(on_integers(function<to_float>("aten::div.Tensor", tensors, "y = a / b", "aten::div.out", observed(), divide), div::lower));
  r.add(function<to_float>("aten::div.Scalar", "Tensor self, Scalar other", "y = a / b", "aten::div.Scalar_out", observed(), divide));
  r.add(function<to_float>("aten::true_divide.Tensor", "Tensor self, Tensor other", "y = a / b", "", observed(), divide));
}

void add_extremes(Registry& r) {
  // NaN wins; fmin and fmax prefer the number.
  const auto lesser = [](auto a, auto b, auto) { return a != a || a < b ? a : b; };
  const auto greater = [](auto a, auto b, auto) { return a != a || a > b ? a : b; };
  const auto lesser_number = [](auto a, auto b, auto) { return b != b || a < b ? a : b; };
  const auto greater_number = [](auto a, auto b, auto) { return b != b || a > b ? a : b; };
  r.add(on_integers(function("aten::minimum.default", "Tensor self, Tensor other", "y = min(a, b)", "aten::minimum.out", observed(), lesser), extremes::lower_minimum));
  r.add(on_integers(function("aten::maximum.default", "Tensor self, Tensor other", "y = max(a, b)", "aten::maximum.out", observed(), greater), extremes::lower_maximum));
  r.add(function("aten::min.other", "Tensor self, Tensor other", "y = min(a, b)", "", observed(), lesser));
  r.add(function("aten::max.other", "Tensor self, Tensor other", "y = max(a, b)", "", observed(), greater));
  r.add(function("aten::fmin.default", "Tensor self, Tensor other", "y = min(a, b), numbers before NaN", "", observed(), lesser_number));
  r.add(function("aten::fmax.default", "Tensor self, Tensor other", "y = max(a, b), numbers before NaN", "", observed(), greater_number));
}

void add_quotients_and_powers(Registry& r) {
  const auto floor_divide = [](auto a, auto b, auto) { return floor_quotient(a, b); };
  const auto modulo = [](auto a, auto b, auto) { return remainder(a, b); };
  const auto c_modulo = [](auto a, auto b, auto) { return fmod(a, b); };
  const auto raise = [](auto a, auto b, auto) { return power(a, b); };
  r.add(function("aten::floor_divide.default", tensors, "y = ⌊a / b⌋", "aten::floor_divide.out", observed(), floor_divide));
  r.add(function("aten::floor_divide.Scalar", "Tensor self, Scalar other", "y = ⌊a / b⌋", "", observed(), floor_divide));
  r.add(function("aten::remainder.Tensor", tensors, "y = a − b · ⌊a / b⌋", "aten::remainder.Tensor_out", observed(), modulo));
  r.add(on_integers(function("aten::remainder.Scalar", "Tensor self, Scalar other", "y = a − b · ⌊a / b⌋", "aten::remainder.Scalar_out", observed(), modulo), activation::lower));
  r.add(function("aten::fmod.Tensor", tensors, "y = a − b · trunc(a / b)", "aten::fmod.Tensor_out", observed(), c_modulo));
  r.add(on_integers(function("aten::fmod.Scalar", "Tensor self, Scalar other", "y = a − b · trunc(a / b)", "aten::fmod.Scalar_out", observed(), c_modulo), activation::lower));
  r.add(on_integers(function("aten::pow.Tensor_Scalar", "Tensor self, Scalar exponent", "y = a^b", "aten::pow.Tensor_Scalar_out", observed(), raise), activation::lower));
  r.add(function("aten::pow.Tensor_Tensor", "Tensor self, TensorOrNumber exponent", "y = a^b", "aten::pow.Tensor_Tensor_out", observed(), raise));
  r.add(on_integers(function("aten::pow.Scalar", "Scalar self, Tensor exponent", "y = a^b", "aten::pow.Scalar_out", observed(), raise), activation::lower));
  r.add(function<to_float>("aten::atan2.default", "Tensor self, Tensor other", "y = angle of (b, a)", "aten::atan2.out", observed(), [](auto a, auto b, auto) { return std::atan2(a, b); }));
  r.add(function<to_float>("aten::hypot.default", "Tensor self, Tensor other", "y = √(a² + b²)", "", observed(), [](auto a, auto b, auto) { return std::hypot(a, b); }));
  r.add(function<to_float>("aten::copysign.Tensor", tensors, "y = |a| with the sign of b", "", observed(), [](auto a, auto b, auto) { return std::copysign(a, b); }));
  r.add(function<to_float>("aten::xlogy.Tensor", tensors, "y = a · ln b, 0 for a = 0", "", observed(), [](auto a, auto b, auto) { using T = decltype(a); return a == 0 && b == b ? T{0} : a * std::log(b); }));
  r.add(function<to_float>("aten::logaddexp.default", "Tensor self, Tensor other", "y = ln(e^a + e^b)", "", observed(), [](auto a, auto b, auto) { return a == b ? a + std::log(static_cast<decltype(a)>(2)) : a > b ? a + std::log1p(std::exp(b - a)) : b + std::log1p(std::exp(a - b)); }));
}

void add_bitwise(Registry& r) {
  const auto both = [](auto a, auto b, auto) { return static_cast<decltype(a)>(static_cast<std::int64_t>(a) & static_cast<std::int64_t>(b)); };
  const auto either = [](auto a, auto b, auto) { return static_cast<decltype(a)>(static_cast<std::int64_t>(a) | static_cast<std::int64_t>(b)); };
  const auto differing = [](auto a, auto b, auto) { return static_cast<decltype(a)>(static_cast<std::int64_t>(a) ^ static_cast<std::int64_t>(b)); };
  const std::string_view why = "bitwise operators work on integers";
  r.add(of_integers(function("aten::bitwise_and.Tensor", tensors, "y = a & b", "aten::bitwise_and.Tensor_out", in_float(why), both)));
  r.add(of_integers(function("aten::bitwise_and.Scalar", "Tensor self, Scalar other", "y = a & b", "aten::bitwise_and.Scalar_out", in_float(why), both)));
  const auto raised = [](auto a, auto b, auto) { return static_cast<decltype(a)>(shifted(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b), true)); };
  const auto lowered = [](auto a, auto b, auto) { return static_cast<decltype(a)>(shifted(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b), false)); };
  r.add(of_integers(function("aten::bitwise_left_shift.Tensor", tensors, "y = a · 2^b, as bits", "aten::bitwise_left_shift.Tensor_out", in_float(why), raised)));
  r.add(of_integers(function("aten::bitwise_left_shift.Tensor_Scalar", "Tensor self, Scalar other", "y = a · 2^b, as bits", "aten::bitwise_left_shift.Tensor_Scalar_out", in_float(why), raised)));
  r.add(of_integers(function("aten::bitwise_right_shift.Tensor", tensors, "y = ⌊a / 2^b⌋", "aten::bitwise_right_shift.Tensor_out", in_float(why), lowered)));
  r.add(of_integers(function("aten::bitwise_right_shift.Tensor_Scalar", "Tensor self, Scalar other", "y = ⌊a / 2^b⌋", "aten::bitwise_right_shift.Tensor_Scalar_out", in_float(why), lowered)));
  r.add(of_integers(function("aten::bitwise_or.Tensor", tensors, "y = a | b", "aten::bitwise_or.Tensor_out", in_float(why), either)));
  r.add(of_integers(function("aten::bitwise_or.Scalar", "Tensor self, Scalar other", "y = a | b", "aten::bitwise_or.Scalar_out", in_float(why), either)));
  r.add(of_integers(function("aten::bitwise_xor.Tensor", tensors, "y = a ^ b", "aten::bitwise_xor.Tensor_out", in_float(why), differing)));
  r.add(of_integers(function("aten::bitwise_xor.Scalar", "Tensor self, Scalar other", "y = a ^ b", "aten::bitwise_xor.Scalar_out", in_float(why), differing)));
}
// clang-format on

// div with a rounding mode: the evaluation depends on a text.
template <class Floor, class Trunc>
Definition rounded_division(std::string_view op, std::string_view parameters, std::string_view kernel, Floor, Trunc) {
  Definition definition = function(op, parameters, "y = a / b, rounded down ('floor') or towards zero ('trunc')",
                                   kernel, observed(), Floor{});
  definition.constraints = {{"the rounding mode is floor, trunc or None", [](const Operands& o) {
                               const std::string mode = o.text("rounding_mode");
                               return mode.empty() || mode == "floor" || mode == "trunc";
                             }}};
  definition.infer = [](const Operands& operands) -> Types {
    return operands.has("rounding_mode") ? binary::infer<binary::Promotion::common>(operands)
                                         : binary::infer<to_float>(operands);
  };
  definition.evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
    using binary::Promotion;
    const std::string mode = operands.text("rounding_mode");
    if (mode == "floor") return binary::evaluate<Promotion::common, Floor>(operands, environment);
    if (mode == "trunc") return binary::evaluate<Promotion::common, Trunc>(operands, environment);
    const auto divide = [](auto a, auto b, auto) { return a / b; };
    return binary::evaluate<to_float, decltype(divide)>(operands, environment);
  };
  return definition;
}

}  // namespace

void add_binary(Registry& registry) {
  add_sums_and_products(registry);
  add_extremes(registry);
  add_quotients_and_powers(registry);
  add_bitwise(registry);
  const auto down = [](auto a, auto b, auto) { return floor_quotient(a, b); };
  const auto to_zero = [](auto a, auto b, auto) { return truncated_quotient(a, b); };
  registry.add(rounded_division("aten::div.Tensor_mode", "Tensor self, TensorOrNumber other, *, str? rounding_mode",
                                "aten::div.out_mode", down, to_zero));
  registry.add(rounded_division("aten::div.Scalar_mode", "Tensor self, Scalar other, *, str? rounding_mode",
                                "aten::div.Scalar_mode_out", down, to_zero));
  binary::set_rewrites(registry);
  binary::set_float_forms(registry);
}

}  // namespace cortado::ops
