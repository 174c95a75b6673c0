// Cubic interpolation of images. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::upsample {

void add_cubic(Registry& registry);

}  // namespace cortado::ops::upsample
