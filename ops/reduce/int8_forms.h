// Reductions of models in float, in operators that have an int8 form. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::reduce {

void set_int8_forms(Registry& registry);

}  // namespace cortado::ops::reduce
