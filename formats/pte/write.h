// Writes an ExecuTorch 1.5 program. Host.
#pragma once

#include <cstdint>
#include <vector>

#include "formats/pte/program.h"
#include "support/result.h"

namespace cortado::pte {

// How ExecuTorch's own compiler lays a file; the defaults are its defaults.
struct WriteOptions {
  std::uint32_t constant_alignment = 16;  // of every constant in its segment; a power of two, 1 … 4096
  std::uint32_t segment_alignment = 128;  // of every segment in the file; likewise
  bool inline_constants = false;          // constants inside the flatbuffer, as files before 2024 have them
};

// The bytes of the .pte, the same for the same program. An internal error names the first index that is out of range.
Result<std::vector<std::uint8_t>> write(const Program& program, const WriteOptions& options = {});

}  // namespace cortado::pte
