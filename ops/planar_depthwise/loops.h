// The loops of depthwise convolutions of planes that are not in assembly: cortado_planar_depthwise_FORM, of 8 slots
// cortado_planar_depthwise8_FORM. Host and target, C++17.
#pragma once

#include "ops/loops.h"
#include "ops/planar_depthwise/plan.h"

namespace cortado::ops {

// For `count` rows from `y` on.
struct DepthwiseArguments {
  const PlanarDepthwise& plan;
  std::int32_t y, count;
};

// `first`: of the stage's forms without kernels in assembly.
inline Loop find_form(const PlanarDepthwise& plan, LoopId first) {
  return find_loop(first + static_cast<std::int32_t>(plan.output.form));
}

}  // namespace cortado::ops
