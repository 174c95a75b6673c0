// Proves that a row stream, at the places of a plan, never reads bytes that it has overwritten. Knows the blob and
// the executor's order only, nothing of how the stream was made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::compiler {

struct StreamArgument {
  std::string name;
  std::size_t offset = 0, bytes = 0;  // in the arena
  bool is_constant = false;
};

// The first `inputs` arguments hold their rows at the start; the next `outputs` must hold theirs at the end.
Status check_stream(std::span<const std::uint8_t> blob, const std::vector<StreamArgument>& arguments,
                    std::size_t inputs, std::size_t outputs);

}  // namespace cortado::compiler
