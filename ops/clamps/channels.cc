#include <algorithm>

#include "ops/clamps/contract.h"
#include "ops/elementwise_channels.h"

namespace cortado::ops {
namespace {

const std::int64_t* clamp_limit(const ir::Node& node, const char* name) {
  const ir::Argument* given = node.find(name);
  return given != nullptr ? std::get_if<std::int64_t>(given) : nullptr;
}

bool has_whole_limits(const ir::Node& node) {
  for (const char* name : {"min", "max"}) {
    const ir::Argument* given = node.find(name);
    if (given != nullptr && !given->is_none() && clamp_limit(node, name) == nullptr) return false;
  }
  return true;
}

Interval clamps_range(const ir::Node& node, Interval x, Interval) {
  const auto clamped = [&](std::int64_t value) {
    if (const auto* low = clamp_limit(node, "min")) value = std::max(value, *low);
    if (const auto* high = clamp_limit(node, "max")) value = std::min(value, *high);
    return value;
  };
  const std::int64_t low = clamped(x.low), high = clamped(x.high);
  if (low < -128 || high > 127) return {};
  return {static_cast<std::int32_t>(low), static_cast<std::int32_t>(high)};
}

constexpr ElementwiseChannels clamps_form(clamps_range, "self", nullptr, has_whole_limits);

}  // namespace

extern const ChannelRule clamps_channel_rule;
const ChannelRule clamps_channel_rule = {ClampArgs::name, {}, &clamps_form};

}  // namespace cortado::ops
