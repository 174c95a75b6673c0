// A row of a depthwise convolution of planes by the kernels in assembly. Host and target, C++17.
#pragma once

#include "ops/planar_depthwise/loops.h"
#include "ops/planar_depthwise/one_row_kernel.h"

namespace cortado::ops {

// What has a kernel in assembly is not compiled as well.
constexpr bool has_kernel_for(PackedForm form) { return has_helium && form == PackedForm::at_limit; }

template <std::int32_t slots>
void run_assembled_row(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t channels = plan.channels, width = plan.width, more = width % planar_quad;
  const std::int32_t back = more == 0 ? 0 : planar_quad - more, column = slots * plan.stride();
  alignas(16) const std::int32_t places[] = {0, channels, 2 * channels, 3 * channels};
  const std::int32_t first = first_slot(plan, y, slots);
  alignas(16) std::int8_t order[16];
  if (slots == 8) simd::store(order, slot_order(first, slots));
  const OneRowArguments arguments = {plan.first_column(),
                                     plan.out.row(y),
                                     plan.stream,
                                     channels,
                                     width / planar_quad,
                                     planar_quad * channels,
                                     back * column,
                                     back * channels,
                                     plan.plane - width * column,
                                     8 * first,
                                     places,
                                     order};
  find_loop(one_row_loop<slots>(plan.stride()))(&arguments);
}

}  // namespace cortado::ops
