#include "ops/div/lower.h"

#include "ops/div/contract.h"
#include "ops/int8_operands.h"

namespace cortado::ops::div {

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* a = operands.value("self");
  ir::Value* b = operands.value("other");
  const ir::Value* y = operands.node().outputs[0];
  const DType dtype = y->type.dtype;
  if ((dtype != DType::i8 && dtype != DType::i16) || !is_per_tensor(a, dtype) || !is_per_tensor(b, dtype) ||
      !is_per_tensor(y, dtype))
    return input_error("its operands and result are not all quantized per tensor to one of int8 and int16");
  ir::Node* node = lowering.emit(QuantizedDivArgs::name,
                                 {{"self", a},
                                  {"self_zero_point", zero_point_of(a)},
                                  {"other", b},
                                  {"other_zero_point", zero_point_of(b)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"output_scale", scale_of(a) / (scale_of(b) * scale_of(y))}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::div
