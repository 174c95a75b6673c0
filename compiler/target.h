// The cores that programs are compiled for.
#pragma once

#include <string_view>
#include <vector>

#include "ops/lowering.h"
#include "support/result.h"

namespace cortado::compiler {

// "cortex-m55" and its kin; "cortex-m55+int8" names the same core. The instruction set is the best that the core
// always or usually has: MVE for M55 and M85, DSP for M4, M7, M33 and M35P, scalar below. A usage error lists the
// names.
Result<ops::Target> parse_target(std::string_view name);

// "cortex-m0", "cortex-m0plus", …, in ascending order of capability.
std::vector<std::string_view> target_names();

}  // namespace cortado::compiler
