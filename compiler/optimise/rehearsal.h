// A chain's schedule, run without computing: how long its rings must be and what may lie over what.
#pragma once

#include "compiler/optimise/chain.h"

namespace cortado::compiler {

// Sets slots of rings, overlays and steps anew. False when the schedule gets stuck before all rows are made.
bool rehearse(Chain& chain);

}  // namespace cortado::compiler
