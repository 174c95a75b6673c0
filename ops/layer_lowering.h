// What int8 layers with weights share when they are lowered: convolutions and linear. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops {

// An input error unless input and output are quantized, the input to int8, the weight is an int8 constant with zero
// point 0 and one scale or one per output along `channel_axis`, and the bias, if any, is an i32 constant.
Status check_int8_layer(const Operands& operands, std::int64_t outputs, int channel_axis);

// scale[input] · scale[weight, o] / scale[output] as fixed-point pairs, i32 [outputs] each. Fewer scales of the weight
// than outputs repeat: one for all, or one per output of every group. After check_int8_layer().
struct ChannelFactors {
  ir::Tensor multipliers, shifts;
};
ChannelFactors channel_factors(const Operands& operands, std::int64_t outputs);

// The arguments input_offset … activation_max that the convolutions of cortex_m have in common, in wire order.
std::vector<ir::NamedArgument> channel_requantization(const Operands& operands, Lowering& lowering,
                                                      std::int64_t outputs);

}  // namespace cortado::ops
