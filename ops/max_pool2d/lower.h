// Maximum over windows on int8 → cortex_m::quantized_max_pool2d, or, where that has no form for it, the operator on any
// integers that also says where the maxima are. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::max_pool2d {

// max_pool2d. In ceil_mode the input gets a border of the lowest number; dilated windows take
// aten::max_pool2d_with_indices.out.
Status lower(const Operands& operands, Lowering& lowering);
// max_pool2d_with_indices and adaptive_max_pool2d.
Status lower_places(const Operands& operands, Lowering& lowering);
// max_pool2d in float.
Status lower_float(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::max_pool2d
