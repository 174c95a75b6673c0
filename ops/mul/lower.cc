#include "ops/mul/lower.h"

#include "ops/int8_operands.h"
#include "ops/mul/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::mul {

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* a = operands.value("self");
  ir::Value* b = operands.value("other");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(a) || !is_int8(b) || !is_int8(y))
    return input_error("its operands and result are not all quantized to int8 per tensor");
  const Multiplier factor = to_multiplier(scale_of(a) * scale_of(b) / scale_of(y));
  ir::Node* node = lowering.emit(QuantizedMulArgs::name,
                                 {{"self", a},
                                  {"self_zero_point", zero_point_of(a)},
                                  {"other", b},
                                  {"other_zero_point", zero_point_of(b)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"output_multiplier", std::int64_t{factor.multiplier}},
                                  {"output_shift", std::int64_t{factor.shift}}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::mul
