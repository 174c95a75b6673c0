#include "ops/wire.h"

#include "ops/conv_transpose2d/contract.h"

namespace cortado::ops {

void add_conv_transpose2d_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedTransposeConv2dArgs<Layout::channels_last>>(
      cortex_m__quantized_transpose_conv2d_out, "transposed convolution on int8"));
  registry.add(wire_operator<QuantizedTransposeConv2dArgs<Layout::nhwc>>(
      cortex_m__quantized_transpose_conv2d_nhwc_out, "transposed convolution on int8, sizes as N, H, W, C"));
}

}  // namespace cortado::ops
