#include "ops/avg_pool2d/contract.h"
#include "ops/elementwise_channels.h"

namespace cortado::ops {
namespace {

// A rounded mean of numbers lies between them; taps outside do not count.
Interval avg_pool2d_range(const ir::Node&, Interval x, Interval) { return x; }

constexpr ElementwiseChannels avg_pool2d_form(avg_pool2d_range, "input");

}  // namespace

extern const ChannelRule avg_pool2d_channel_rule;
const ChannelRule avg_pool2d_channel_rule = {QuantizedAvgPool2dArgs<Layout::channels_last>::name, {}, &avg_pool2d_form};

}  // namespace cortado::ops
