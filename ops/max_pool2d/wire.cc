#include "ops/wire.h"

#include "ops/max_pool2d/contract.h"

namespace cortado::ops {

void add_max_pool2d_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedMaxPool2dArgs<Layout::channels_last>>(cortex_m__quantized_max_pool2d_out,
                                                                            "maximum over a window on int8"));
  registry.add(wire_operator<QuantizedMaxPool2dArgs<Layout::nhwc>>(
      cortex_m__quantized_max_pool2d_nhwc_out, "maximum over a window on int8, sizes as N, H, W, C"));
}

}  // namespace cortado::ops
