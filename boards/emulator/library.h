// What other firmware projects build with: headers, a static library for each core, CMake package and pkg-config files.
// Host.
//
//   PREFIX/include/cortado/runtime/cortado.h …           with their folders, as they include each other
//   PREFIX/lib/cortado/CORE/libcortado.a                 runtime and all kernels
//   PREFIX/lib/cortado/CORE/libcortado_board.a           start-up and console of the emulated board
//   PREFIX/lib/cortado/boards/…                          linker scripts
//   PREFIX/lib/cmake/cortado/cores/CORE.cmake            targets cortado::CORE and cortado::CORE-emulator
//   PREFIX/lib/pkgconfig/cortado-CORE.pc
#pragma once

#include <filesystem>

#include "boards/emulator/cores.h"
#include "boards/emulator/run.h"

namespace cortado::boards {

// Errors: packages are missing (with what to install), the prefix cannot be written to.
Status install_library(const Core& core, const std::filesystem::path& prefix, bool error_texts,
                       const ProgressCallback& progress);
Status install_headers(const std::filesystem::path& prefix);

}  // namespace cortado::boards
