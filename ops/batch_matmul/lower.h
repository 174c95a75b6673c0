// aten::bmm.default on int8 → cortex_m::quantized_batch_matmul. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::batch_matmul {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::batch_matmul
