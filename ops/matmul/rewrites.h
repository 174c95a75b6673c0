// Matrix products as linear.default and bmm.default. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::matmul {

void set_rewrites(Registry& registry);

}  // namespace cortado::ops::matmul
