// layer_norm and group_norm on int8 → cortado::quantized_norm, in programs of the native form. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::int8_norm {

// Runs of `count` elements; `inner` neighbouring elements have one weight and bias of `channels`. Absent ones are 1 and
// 0.
struct Runs {
  std::int64_t count, inner, channels;
};

Status lower(const Operands& operands, const Runs& runs, Lowering& lowering);

}  // namespace cortado::ops::int8_norm
