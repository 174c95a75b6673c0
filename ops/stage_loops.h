// Which inner loops (ops/loops.h) a stage uses. Host.
#pragma once

#include <string_view>
#include <vector>

#include "ops/loops.h"
#include "ops/stage.h"

namespace cortado::ops {

struct LoopName {
  std::string_view stage, name;  // "planar_conv2d", "quads_16"
};
// By LoopId.
extern const LoopName loop_names[static_cast<int>(LoopId::count)];

// Of a stage whose arguments passed its check: those of Helium and those for other cores, perhaps some twice. Compact:
// those that serve in their places in little flash (stand_in of ops/loops.h).
std::vector<LoopId> loops_of(std::uint32_t stage, const StageArguments& args, bool is_compact);

}  // namespace cortado::ops
