// Operators that ExecuTorch has in float alone, ours in int8. Host.
#pragma once

#include "ops/int8_operands.h"
#include "ops/lowering.h"
#include "support/result.h"

namespace cortado::ops {

// Whether such an operator may take int8 numbers to int8 numbers here; the reason against it.
inline Status check_native_int8(const ir::Value* x, const ir::Value* y, const Lowering& lowering) {
  if (!lowering.target().has_cortado_operators)
    return input_error("ExecuTorch has no int8 operator for it: the native form has one (--dialect cortado)");
  if (!is_int8(x) || !is_int8(y)) return input_error("its input and result are not both quantized to int8 per tensor");
  return {};
}

}  // namespace cortado::ops
