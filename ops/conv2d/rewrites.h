// Convolutions in the canonical form. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::conv2d {

void set_rewrites(Registry& registry);

}  // namespace cortado::ops::conv2d
