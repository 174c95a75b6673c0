// Which rings of a chain are planes (ops/stage.h).
#pragma once

#include "compiler/optimise/chain.h"

namespace cortado::compiler {

// Lets rings be planes where writer and only reader know how.
void choose_planes(Chain& chain);
// After a rehearsal: makes rings rows again that take more slots than their planes have. False: there are none.
bool give_up_planes(Chain& chain);

}  // namespace cortado::compiler
