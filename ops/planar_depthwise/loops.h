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

// Calls run(in, out) for the columns of a row of a channel, four at a time and the last four in the end, some of them
// twice, then; `step`: bytes of the input from column to column of the output.
template <class Run>
inline void for_quads(const PlanarDepthwise& plan, const std::int8_t* in, std::int32_t step, std::int8_t* out,
                      Run run) {
  const std::int32_t channels = plan.channels, again = plan.width - planar_quad;
  const std::int8_t* from = in;
  std::int8_t* to = out;
  std::int32_t quads = plan.width / planar_quad;
  do {
    run(from, to);
    from += planar_quad * step;
    to += planar_quad * channels;
  } while (--quads > 0);
  if (plan.width % planar_quad != 0) run(in + again * step, out + again * channels);
}

}  // namespace cortado::ops
