#include "ops/softmax/lower.h"

#include <algorithm>
#include <cmath>

#include "ops/int8_operands.h"
#include "ops/softmax/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::softmax {
namespace {

// Differences are carried with this many integer bits: exp is 0 below −2^5.
constexpr int input_integer_bits = 5;

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(x) || !is_int8(y)) return input_error("its input and result are not both quantized to int8 per tensor");
  if (std::abs(scale_of(y) - 1.0 / 256) > 1e-12 || zero_point_of(y) != -128)
    return input_error("its result must have scale 1/256 and zero point -128");
  const double limit = 0x7fffffff;
  const auto [multiplier, shift] =
      to_multiplier(std::min(scale_of(x) * std::ldexp(1.0, 31 - input_integer_bits), limit));
  const double radius = ((1 << input_integer_bits) - 1) * std::ldexp(1.0, 31 - input_integer_bits - shift);
  // Differences of int8 are at least −255: more says no more.
  const auto diff_min = -static_cast<std::int64_t>(std::floor(std::min(radius, 0x1p31 - 1)));
  ir::Node* node = lowering.emit(SoftmaxArgs::name,
                                 {{"input", x},
                                  {"dim", operands.integer("dim")},
                                  {"input_zero_point", zero_point_of(x)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"input_multiplier", std::int64_t{multiplier}},
                                  {"input_shift", std::int64_t{shift}},
                                  {"diff_min", diff_min}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::softmax
