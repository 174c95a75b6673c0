// Takes an input of the program into its stream row by row: from the caller's function, or from a tensor.
// Host and target, C++17, no heap.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct InputRowsStage {
  static constexpr std::uint32_t id = 15;
};

}  // namespace cortado::ops
