// The objects that a firmware or a library is made of. Host.
#pragma once

#include "boards/emulator/firmware.h"
#include "boards/emulator/link.h"
#include "boards/emulator/sources.h"

namespace cortado::boards {

// Those of FirmwareSpec, compiled into `cache` or found there.
Result<std::vector<Object>> compile_objects(const FirmwareSpec& spec, const Tools& tools, SourceTree& tree,
                                            const std::filesystem::path& cache, const ProgressCallback& progress);

}  // namespace cortado::boards
