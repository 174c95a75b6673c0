#include <algorithm>

#include "ops/elementwise_channels.h"
#include "ops/pad/contract.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

// A border around an image, whose memory order the kernel does not tell by sizes.
bool is_border(const ir::Node& node) {
  const ir::Value* input = value_of(node, "input");
  const auto before = integers_of(node, "pre_pad"), after = integers_of(node, "post_pad");
  return input != nullptr && input->type.full_dim_order() == ir::channels_last_order && input->type.shape[0] == 1 &&
         before.size() == 4 && after.size() == 4 && before[0] + after[0] + before[3] + after[3] == 0;
}

Interval pad_range(const ir::Node& node, Interval x, Interval) {
  const auto any = [&](const char* name) {
    const auto sizes = integers_of(node, name);
    return std::any_of(sizes.begin(), sizes.end(), [](std::int64_t size) { return size != 0; });
  };
  const std::int32_t value = number_of(node, "pad_value");
  return any("pre_pad") || any("post_pad") ? x.with({value, value}) : x;
}

constexpr ElementwiseChannels pad_form(pad_range, "input", nullptr, is_border);

}  // namespace

extern const ChannelRule pad_channel_rule;
const ChannelRule pad_channel_rule = {PadArgs::name, {}, &pad_form};

}  // namespace cortado::ops
