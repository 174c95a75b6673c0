#include "ops/wire.h"

#include "ops/avg_pool2d/contract.h"

namespace cortado::ops {

void add_avg_pool2d_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedAvgPool2dArgs<Layout::channels_last>>(cortex_m__quantized_avg_pool2d_out,
                                                                            "mean over a window on int8"));
  registry.add(wire_operator<QuantizedAvgPool2dArgs<Layout::nhwc>>(cortex_m__quantized_avg_pool2d_nhwc_out,
                                                                   "mean over a window on int8, sizes as N, H, W, C"));
}

}  // namespace cortado::ops
