#include "ops/wire.h"

#include "ops/depthwise_conv2d/contract.h"

namespace cortado::ops {

void add_depthwise_conv2d_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedDepthwiseConv2dArgs<Layout::channels_last>>(
      cortex_m__quantized_depthwise_conv2d_out, "convolution of each channel by itself on int8"));
  registry.add(wire_operator<QuantizedDepthwiseConv2dArgs<Layout::nhwc>>(
      cortex_m__quantized_depthwise_conv2d_nhwc_out,
      "convolution of each channel by itself on int8, sizes as N, H, W, C"));
}

}  // namespace cortado::ops
