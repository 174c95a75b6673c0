#include "ops/elementwise_channels.h"
#include "ops/max_pool2d/contract.h"
#include "ops/stage_draft.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

// Taps outside do not count.
Interval max_pool2d_range(const ir::Node& node, Interval x, Interval) {
  const std::int32_t low = number_of(node, "activation_min"), high = number_of(node, "activation_max");
  return {clamp(x.low, low, high), clamp(x.high, low, high)};
}

constexpr ElementwiseChannels max_pool2d_form(max_pool2d_range, "input");

}  // namespace

extern const ChannelRule max_pool2d_channel_rule;
const ChannelRule max_pool2d_channel_rule = {QuantizedMaxPool2dArgs<Layout::channels_last>::name, {}, &max_pool2d_form};

}  // namespace cortado::ops
