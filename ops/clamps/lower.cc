#include "ops/clamps/lower.h"

#include "ops/activation/lower.h"
#include "ops/clamps/contract.h"
#include "ops/definition.h"
#include "ops/int8_operands.h"

namespace cortado::ops::clamps {
namespace {

ir::Argument stored_limit(const std::optional<double>& limit, const ir::Quantization& q) {
  if (!limit) return ir::None{};
  return stored_number(*limit, q);
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  const Definition* definition = registry().find(operands.node().op);
  const std::optional<ClampForm> form = definition->clamp_form(operands);
  if (!form) return input_error("its limits are tensors");
  if (x->type.shape != y->type.shape) return input_error("its limits stretch it to another shape");
  if (!is_int8(x) || !is_int8(y)) return activation::lower(operands, lowering);
  const bool keeps_integers = form->divisor == 1 && form->offset == 0 && share_parameters(x, y);
  if (!keeps_integers) return activation::lower(operands, lowering);
  const ir::Quantization& q = *y->type.quantization;
  ir::Node* node = lowering.emit(
      ClampArgs::name, {{"self", x}, {"min", stored_limit(form->low, q)}, {"max", stored_limit(form->high, q)}},
      {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::clamps
