#include "ops/extremes/lower.h"

#include "ops/extremes/contract.h"
#include "ops/host/rescale.h"
#include "ops/int8_operands.h"

namespace cortado::ops::extremes {
namespace {

Status lower(const Operands& operands, Lowering& lowering, const char* op) {
  ir::Value* a = operands.value("self");
  ir::Value* b = operands.value("other");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(a) || !is_int8(b) || !is_int8(y))
    return input_error("its operands and result are not all quantized to int8 per tensor");
  // The integers compare as the numbers do only when all three share scale and zero point.
  a = rescaled(lowering, a, *y->type.quantization);
  b = rescaled(lowering, b, *y->type.quantization);
  ir::Node* node = lowering.emit(op, {{"self", a}, {"other", b}}, {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace

Status lower_minimum(const Operands& operands, Lowering& lowering) {
  return lower(operands, lowering, CortexMMinimum::name);
}
Status lower_maximum(const Operands& operands, Lowering& lowering) {
  return lower(operands, lowering, CortexMMaximum::name);
}

}  // namespace cortado::ops::extremes
