// For all kernels; a firmware with a table of its own kernels has its own (runtime/kernels.h).
#include "runtime/calls.h"

namespace cortado::runtime {

const PrepareCall all_calls = prepare_call;

}  // namespace cortado::runtime
