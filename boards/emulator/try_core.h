// Whether a core's emulation works, by trying it. Host.
#pragma once

#include <string_view>

#include "boards/emulator/run.h"

namespace cortado::boards {

// Builds (or finds in the cache) a firmware that prints a word, and runs it. The error says what is missing or wrong.
Status try_core(std::string_view core, const ProgressCallback& progress = {});

}  // namespace cortado::boards
