#include "ops/int8_norm/lower.h"

#include <cmath>
#include <limits>

#include "ops/host/native_only.h"
#include "ops/int8_norm/arithmetic.h"
#include "ops/int8_norm/contract.h"

namespace cortado::ops::int8_norm {
namespace {

// The operand's numbers, or `absent`s, in 2^−16 steps of the result.
Result<ir::Tensor> in_steps(const Operands& operands, std::string_view name, float absent, std::int64_t channels,
                            double scale) {
  const ir::Value* value = operands.value(name);
  if (value != nullptr && (value->kind != ir::ValueKind::constant || value->type.dtype != DType::f32))
    return input_error("its " + std::string(name) + " is computed while the model runs");
  ir::Tensor steps(DType::i32, {channels});
  for (std::int64_t i = 0; i < channels; ++i) {
    const double number = value != nullptr ? value->data.data<float>()[i] : absent;
    const double rounded = std::nearbyint(std::ldexp(number / scale, 16));
    if (!(std::abs(rounded) <= std::numeric_limits<std::int32_t>::max()))
      return input_error("its " + std::string(name) + " is too large against the scale of its result");
    steps.mutable_data<std::int32_t>()[i] = static_cast<std::int32_t>(rounded);
  }
  return steps;
}

}  // namespace

Status lower(const Operands& operands, const Runs& runs, Lowering& lowering) {
  ir::Value* x = operands.value("input");
  const ir::Value* y = operands.node().outputs[0];
  CORTADO_CHECK(check_native_int8(x, y, lowering));
  if (runs.count > most_elements) return input_error("it has more than 2^20 numbers in a row");
  const double count = static_cast<double>(runs.count);
  const double eps = std::nearbyint(count * count * operands.number("eps") / (scale_of(x) * scale_of(x)));
  if (!(eps <= static_cast<double>(largest_eps)))
    return input_error("its eps is too large against the scale of its input");
  CORTADO_TRY(ir::Tensor factors, in_steps(operands, "weight", 1, runs.channels, scale_of(y)));
  CORTADO_TRY(ir::Tensor offsets, in_steps(operands, "bias", 0, runs.channels, scale_of(y)));
  ir::Node* node = lowering.emit(QuantizedNormArgs::name,
                                 {{"input", x},
                                  {"factors", lowering.constant("factors", std::move(factors))},
                                  {"offsets", lowering.constant("offsets", std::move(offsets))},
                                  {"count", runs.count},
                                  {"inner", runs.inner},
                                  {"eps", std::max<std::int64_t>(static_cast<std::int64_t>(eps), 1)},
                                  {"output_zero_point", zero_point_of(y)}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::int8_norm
