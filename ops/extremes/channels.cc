#include <algorithm>

#include "ops/elementwise_channels.h"
#include "ops/extremes/contract.h"

namespace cortado::ops {
namespace {

Interval extremes_range(const ir::Node& node, Interval a, Interval b) {
  if (node.op == CortexMMaximum::name) return {std::max(a.low, b.low), std::max(a.high, b.high)};
  return {std::min(a.low, b.low), std::min(a.high, b.high)};
}

constexpr ElementwiseChannels extremes_form(extremes_range, "self", "other");

}  // namespace

extern const ChannelRule extremes_channel_rule;
const ChannelRule extremes_channel_rule = {CortexMMinimum::name, CortexMMaximum::name, &extremes_form};

}  // namespace cortado::ops
