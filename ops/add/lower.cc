#include "ops/add/lower.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ops/add/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::add {
namespace {

// One summand: value · coefficient.
struct Term {
  ir::Value* value;
  double coefficient;

  const ir::Quantization& quantization() const { return *value->type.quantization; }
  double scale() const { return std::abs(coefficient) * quantization().scale[0]; }
};

bool is_int8(const ir::Type& type) {
  return type.dtype == DType::i8 && type.is_quantized() && type.quantization->is_per_tensor();
}

// The kernel shifts the sum left in 32 bits when the output's scale is that much finer than the operands'.
bool overflows(const Term& a, const Term& b, double twice_the_larger, int output_shift) {
  const auto ends = [](const Term& term) {
    const ir::Quantization& q = term.quantization();
    const double scale = term.coefficient * q.scale[0];
    return std::array{static_cast<double>(q.quant_min - q.zero_point[0]) * scale,
                      static_cast<double>(q.quant_max - q.zero_point[0]) * scale};
  };
  double worst = 0;
  for (double x : ends(a))
    for (double y : ends(b)) worst = std::max(worst, std::abs(x + y));
  return worst * std::ldexp(1.0, QuantizedAddArgs::left_shift) / twice_the_larger * std::ldexp(1.0, output_shift) >=
         0x1p31;
}

Status lower(const Operands& operands, Lowering& lowering, const Term& a, const Term& b) {
  const ir::Type& type = operands.output_type();
  if (a.value == nullptr || b.value == nullptr || !is_int8(a.value->type) || !is_int8(b.value->type) || !is_int8(type))
    return input_error("its operands and result are not all quantized to int8 per tensor");
  const ir::Quantization& y = *type.quantization;
  const double twice_the_larger = 2 * std::max(a.scale(), b.scale());
  const Multiplier first = to_multiplier(a.scale() / twice_the_larger);
  const Multiplier second = to_multiplier(b.scale() / twice_the_larger);
  const Multiplier output = to_multiplier(twice_the_larger / (y.scale[0] * (1 << QuantizedAddArgs::left_shift)));
  if (output.shift > 0 && overflows(a, b, twice_the_larger, output.shift))
    return input_error("its operands nearly cancel: the result's scale is too fine against theirs for 32 bits",
                       "calibrate on data where they do not cancel");
  const auto signed_multiplier = [](const Term& term, const Multiplier& m) {
    return std::int64_t{term.coefficient < 0 ? -m.multiplier : m.multiplier};
  };
  ir::Node* node = lowering.emit(QuantizedAddArgs::name,
                                 {{"self", a.value},
                                  {"self_zero_point", std::int64_t{a.quantization().zero_point[0]}},
                                  {"self_multiplier", signed_multiplier(a, first)},
                                  {"self_shift", std::int64_t{first.shift}},
                                  {"other", b.value},
                                  {"other_zero_point", std::int64_t{b.quantization().zero_point[0]}},
                                  {"other_multiplier", signed_multiplier(b, second)},
                                  {"other_shift", std::int64_t{second.shift}},
                                  {"output_zero_point", std::int64_t{y.zero_point[0]}},
                                  {"output_multiplier", std::int64_t{output.multiplier}},
                                  {"output_shift", std::int64_t{output.shift}},
                                  {"activation_min", y.quant_min},
                                  {"activation_max", y.quant_max}},
                                 {type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace

Status lower_sum(const Operands& operands, Lowering& lowering) {
  return lower(operands, lowering, {operands.value("self"), 1}, {operands.value("other"), operands.number("alpha")});
}

Status lower_difference(const Operands& operands, Lowering& lowering) {
  return lower(operands, lowering, {operands.value("self"), 1}, {operands.value("other"), -operands.number("alpha")});
}

Status lower_reverse_difference(const Operands& operands, Lowering& lowering) {
  return lower(operands, lowering, {operands.value("other"), 1}, {operands.value("self"), -operands.number("alpha")});
}

}  // namespace cortado::ops::add
