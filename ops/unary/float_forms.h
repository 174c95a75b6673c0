// Functions of one number that ExecuTorch has no kernel for, in operators that it has: Definition::float_form. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::unary {

void set_float_forms(Registry& registry);

}  // namespace cortado::ops::unary
