#include "ops/wire.h"

#include "ops/conv2d/contract.h"

namespace cortado::ops {

void add_conv2d_wire(Registry& registry) {
  registry.add(
      wire_operator<QuantizedConv2dArgs<Layout::channels_last>>(cortex_m__quantized_conv2d_out, "convolution on int8"));
  registry.add(wire_operator<QuantizedConv2dArgs<Layout::nhwc>>(cortex_m__quantized_conv2d_nhwc_out,
                                                                "convolution on int8, sizes as N, H, W, C"));
}

}  // namespace cortado::ops
