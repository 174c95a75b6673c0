#include "ops/permute/lower.h"

#include "ops/definition.h"
#include "ops/strided_views/contract.h"

namespace cortado::ops::permute {

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value(operands.schema()[0].name);
  const ir::Value* y = operands.node().outputs[0];
  if (x->type.quantization != y->type.quantization)
    return input_error("its input and result do not share scale and zero point");
  const Definition* definition = registry().find(operands.node().op);
  // cortex_m::transpose takes int8 alone; permute_copy any type.
  const bool is_int8 = x->type.dtype == DType::i8;
  ir::Node* node = lowering.emit(
      is_int8 ? TransposeArgs::name : PermuteCopyArgs::name,
      {{is_int8 ? "input" : "self", x}, {is_int8 ? "perm" : "dims", definition->permutation(operands)}}, {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::permute
