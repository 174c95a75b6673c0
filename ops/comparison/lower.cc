#include "ops/comparison/lower.h"

#include <optional>

#include "ops/affine.h"
#include "ops/int8_operands.h"

namespace cortado::ops::comparison {
namespace {

void emit(const Operands& operands, Lowering& lowering, ir::Argument other) {
  ir::Node* node =
      lowering.emit(operands.node().op + "_out", {{"self", operands.value("self")}, {"other", std::move(other)}},
                    {operands.output_type()});
  lowering.replace(*node->outputs[0]);
}

// What int8 integers stand for, from −128 on.
ir::Tensor all_numbers(const ir::Quantization& quantization) {
  ir::Tensor stored(DType::i8, {256});
  for (int i = 0; i < 256; ++i) stored.mutable_data<std::int8_t>()[i] = static_cast<std::int8_t>(i - 128);
  return dequantized(stored, quantization);
}

// A limit that the stored integers compare with as their numbers compare with `number`: the quotient where that is one,
// else, because of rounding or saturation, some integer, half-way point or end.
std::optional<double> stored_limit(const ir::Quantization& q, double number, bool (*holds)(double, double)) {
  const ir::Tensor numbers = all_numbers(q);
  const auto agrees = [&](double limit) {
    for (int i = 0; i < 256; ++i)
      if (holds(i - 128, limit) != holds(numbers.as_double(i), number)) return false;
    return true;
  };
  const double quotient = number / q.scale[0] + q.zero_point[0];
  if (agrees(quotient)) return quotient;
  for (double limit = -129; limit <= 128; limit += 0.5)
    if (agrees(limit)) return limit;
  return std::nullopt;
}

}  // namespace

Status lower_tensor(const Operands& operands, Lowering& lowering) {
  ir::Value* self = operands.value("self");
  ir::Value* other = operands.value("other");
  if (!is_int8(self) || !is_int8(other)) return input_error("its operands are not both quantized to int8 per tensor");
  if (!share_parameters(self, other)) return input_error("its operands do not share scale and zero point");
  emit(operands, lowering, other);
  return {};
}

Status lower_number(const Operands& operands, Lowering& lowering, bool (*holds)(double, double)) {
  const ir::Value* self = operands.value("self");
  if (!is_int8(self)) return input_error("its operand is not quantized to int8 per tensor");
  // As the operator sees it: in f32.
  const double number = static_cast<float>(operands.number("other"));
  const auto limit = stored_limit(*self->type.quantization, number, holds);
  if (!limit) return input_error("no integer divides the operand's numbers as " + std::to_string(number) + " does");
  emit(operands, lowering, *limit);
  return {};
}

}  // namespace cortado::ops::comparison
