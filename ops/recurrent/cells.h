// Single steps of recurrent layers, as the user's program calls them. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::recurrent {

void add_cells(Registry& registry);

}  // namespace cortado::ops::recurrent
