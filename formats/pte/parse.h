// Reads a whole program into plain data: what `inspect` shows, and the writer's counterpart in tests. Host.
#pragma once

#include <span>

#include "formats/pte/program.h"
#include "support/result.h"

namespace cortado::pte {

// An input error when the file is damaged. Of constants only those that a tensor uses have content, and only as much
// as the tensor needs; write(parse(file)) computes the same as the file.
Result<Program> parse(std::span<const std::uint8_t> file);

}  // namespace cortado::pte
