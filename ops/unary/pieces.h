// Functions that have no float operator of their own, by operators that ExecuTorch has, as its decompositions have
// them: Definition::lower_float. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::pieces {

Status celu(const Operands& operands, Lowering& lowering);
Status hardshrink(const Operands& operands, Lowering& lowering);
Status hardsigmoid(const Operands& operands, Lowering& lowering);
Status hardswish(const Operands& operands, Lowering& lowering);
Status log_sigmoid(const Operands& operands, Lowering& lowering);
Status mish(const Operands& operands, Lowering& lowering);
Status selu(const Operands& operands, Lowering& lowering);
Status silu(const Operands& operands, Lowering& lowering);
Status softplus(const Operands& operands, Lowering& lowering);
Status square(const Operands& operands, Lowering& lowering);
Status threshold(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::pieces
