#include "ops/activation/contract.h"
#include "ops/elementwise_channels.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

bool has_table(const ir::Node& node) {
  const ir::Value* lut = value_of(node, "lut");
  return lut != nullptr && lut->kind == ir::ValueKind::constant;
}

Interval activation_range(const ir::Node& node, Interval x, Interval) {
  const auto* lut = value_of(node, "lut")->data.data<std::int8_t>() + 128;
  Interval range{lut[x.low], lut[x.low]};
  for (std::int32_t i = x.low; i <= x.high; ++i) range = range.with({lut[i], lut[i]});
  return range;
}

constexpr ElementwiseChannels activation_form(activation_range, "input", nullptr, has_table);

}  // namespace

extern const ChannelRule activation_channel_rule;
const ChannelRule activation_channel_rule = {QuantizedActivationArgs::name, {}, &activation_form};

}  // namespace cortado::ops
