// Clamps on int8 that no operator before them takes in: aten::clamp.out on the stored integers. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::clamps {

// For operators with a Definition::clamp_form.
Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::clamps
