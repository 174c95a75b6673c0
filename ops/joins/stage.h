// Two tensors joined as a stage: every row of the output is a row of each, piece by piece. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct JoinsStage {
  static constexpr std::uint32_t id = 18;
  // pieces: how many parts each row has, which take turns: its pixels where channels are joined, one where columns are.
  enum : std::uint32_t { pieces, count };
};

}  // namespace cortado::ops
