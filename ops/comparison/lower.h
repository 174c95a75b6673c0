// Comparisons on int8. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::comparison {

// With a tensor: the stored integers, where both operands share their parameters.
Status lower_tensor(const Operands& operands, Lowering& lowering);

// With a number: the stored integers with a limit that divides them as the number divides the numbers they stand for.
Status lower_number(const Operands& operands, Lowering& lowering, bool (*holds)(double, double));

}  // namespace cortado::ops::comparison
