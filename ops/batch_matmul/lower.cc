#include "ops/batch_matmul/lower.h"

#include <utility>

#include "ops/batch_matmul/contract.h"
#include "ops/int8_operands.h"
#include "ops/strided_views/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::batch_matmul {
namespace {

// The kernel takes the right operand as [batch, columns, inner].
ir::Value* transposed(ir::Value& rhs, Lowering& lowering) {
  ir::Type type = rhs.type;
  std::swap(type.shape[1], type.shape[2]);
  if (rhs.kind == ir::ValueKind::constant) {
    ir::Value* constant =
        lowering.constant("rhs_transposed", ir::permuted(rhs.data, std::vector<std::int64_t>{0, 2, 1}));
    constant->type.quantization = type.quantization;
    return constant;
  }
  return lowering.emit(TransposeArgs::name, {{"input", &rhs}, {"perm", std::vector<std::int64_t>{0, 2, 1}}}, {type})
      ->outputs[0];
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* lhs = operands.value("self");
  ir::Value* rhs = operands.value("mat2");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(lhs) || !is_int8(rhs) || !is_int8(y))
    return input_error("its operands and result are not all quantized to int8 per tensor");
  const Multiplier factor = to_multiplier(scale_of(lhs) * scale_of(rhs) / scale_of(y));
  // CMSIS-NN keeps one sum per column of the right operand there, on Helium only.
  const std::int64_t scratch = lowering.target().isa == Isa::mve ? rhs->type.shape[2] * 4 : 0;
  ir::Node* node = lowering.emit(QuantizedBatchMatmulArgs::name,
                                 {{"lhs", lhs},
                                  {"lhs_zero_point", -zero_point_of(lhs)},
                                  {"rhs_transposed", transposed(*rhs, lowering)},
                                  {"rhs_zero_point", -zero_point_of(rhs)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"output_multiplier", std::int64_t{factor.multiplier}},
                                  {"output_shift", std::int64_t{factor.shift}},
                                  {"scratch", lowering.scratch(scratch)}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::batch_matmul
