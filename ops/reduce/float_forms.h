// Reductions in float, where ExecuTorch has no kernel for them: as its decompositions have them. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::reduce {

void set_float_forms(Registry& registry);

}  // namespace cortado::ops::reduce
