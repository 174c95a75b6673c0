// The kernels that a build contains. Host and target.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// Rows in the order of their names (bytewise): the loader looks names up by halving.
struct KernelTable {
  const Kernel* const* rows;
  std::uint32_t count;
};

// Generated: on the host every kernel; in a firmware the ones it was built for.
extern const KernelTable all_kernels;

}  // namespace cortado::ops
