// How the tools use memory. Host.
#pragma once

namespace cortado::tools {

// Freed memory is kept for the next tensor. Otherwise the C library returns large blocks to the system and asks for
// new, cleared ones at every operator of every sample: a quarter of the time of a calibration.
void keep_freed_memory();

}  // namespace cortado::tools
