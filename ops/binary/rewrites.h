// The usual forms of arithmetic on two operands. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::binary {

void set_rewrites(Registry& registry);

}  // namespace cortado::ops::binary
