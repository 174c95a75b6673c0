#include "ops/int8_log_softmax/lower.h"

#include <cmath>
#include <numbers>

#include "ops/host/native_only.h"
#include "ops/int8_log_softmax/contract.h"

namespace cortado::ops::int8_log_softmax {

Status lower(const Operands& operands, Lowering& lowering) {
  constexpr int steps = 256;
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  CORTADO_CHECK(check_native_int8(x, y, lowering));
  const double input_factor = std::nearbyint(std::ldexp(scale_of(x) / scale_of(y), 20));
  const double logarithm_factor = std::nearbyint(std::ldexp(std::numbers::ln2 / scale_of(y), 20));
  if (!(input_factor <= 0x1p28) || !(logarithm_factor < 0x1p31))
    return input_error("the scale of its result is too fine");
  ir::Tensor exponentials(DType::i32, {steps});
  for (int k = 0; k < steps; ++k)
    exponentials.mutable_data<std::int32_t>()[k] =
        static_cast<std::int32_t>(std::nearbyint(std::ldexp(std::exp(-scale_of(x) * k), 24)));
  ir::Node* node = lowering.emit(QuantizedLogSoftmaxArgs::name,
                                 {{"input", x},
                                  {"exponentials", lowering.constant("exponentials", std::move(exponentials))},
                                  {"dim", operands.integer("dim")},
                                  {"input_factor", static_cast<std::int64_t>(input_factor)},
                                  {"logarithm_factor", static_cast<std::int64_t>(logarithm_factor)},
                                  {"output_zero_point", zero_point_of(y)}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::int8_log_softmax
