// Functions of two tensors that ExecuTorch has no float operator for, in those that it has. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::binary {

void set_float_forms(Registry& registry);

}  // namespace cortado::ops::binary
