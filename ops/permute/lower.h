// Permuted dimensions on int8 → cortex_m::transpose. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::permute {

// For operators with a Definition::permutation.
Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::permute
