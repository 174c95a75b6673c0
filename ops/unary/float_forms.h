// Functions of one number in float that ExecuTorch has no kernel for and that are no activations (those are in
// pieces.h): Definition::float_form. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::unary {

void set_float_forms(Registry& registry);

}  // namespace cortado::ops::unary
