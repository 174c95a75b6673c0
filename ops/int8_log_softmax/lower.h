// log_softmax on int8 → cortado::quantized_log_softmax, in programs of the native form. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::int8_log_softmax {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::int8_log_softmax
