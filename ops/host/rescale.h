// Int8 in other parameters, where an operator needs operands and result to have the same. Host.
#pragma once

#include "ops/lowering.h"

namespace cortado::ops {

// The numbers of `value`, int8 by tensor, as integers of `target`'s parameters, int8 by tensor too: the value itself
// where they are its own, a new constant, or the result of a cortex_m::quantized_activation before the node being
// lowered.
//   q' = clamp(round(scale / scale' · (q − zero_point) + zero_point'))
// Clamping is monotone, so that to choose among operands that were clamped to the result's range (maximum, where, cat)
// is to clamp the choice.
ir::Value* rescaled(Lowering& lowering, ir::Value* value, const ir::Quantization& target);

}  // namespace cortado::ops
