// Whether a program's indices are in range, so that writing it cannot go wrong. Host.
#pragma once

#include "formats/pte/program.h"
#include "support/result.h"

namespace cortado::pte {

// An internal error that names plan, object and index.
Status check(const Program& program);

}  // namespace cortado::pte
