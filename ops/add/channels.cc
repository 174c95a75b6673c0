#include <string>

#include "ops/add/factor.h"
#include "ops/elementwise_channels.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

AddFactor add_factor(const ir::Node& node, const std::string& operand) {
  return {number_of(node, operand + "_zero_point"), number_of(node, operand + "_multiplier"),
          number_of(node, operand + "_shift")};
}

// Nothing wraps around: the result rises or falls in each operand.
bool stays_in_range(const AddFactor& f) { return f.zero_point >= -128 && f.zero_point <= 128 && f.shift <= 0; }

Interval add_range(const ir::Node& node, Interval a, Interval b) {
  const AddArithmetic add{add_factor(node, "self"), add_factor(node, "other"), add_factor(node, "output"),
                          number_of(node, "activation_min"), number_of(node, "activation_max")};
  if (!stays_in_range(add.self) || !stays_in_range(add.other) || !stays_in_range(add.output)) return {};
  return at_ends(a, b, add);
}

constexpr ElementwiseChannels add_form(add_range, "self", "other");

}  // namespace

extern const ChannelRule add_channel_rule;
const ChannelRule add_channel_rule = {QuantizedAddArgs::name, {}, &add_form};

}  // namespace cortado::ops
