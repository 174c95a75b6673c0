#include "ops/elementwise_channels.h"
#include "ops/mul/arithmetic.h"
#include "ops/mul/contract.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

Interval mul_range(const ir::Node& node, Interval a, Interval b) {
  const MulArithmetic mul{number_of(node, "self_zero_point"), number_of(node, "other_zero_point"),
                          number_of(node, "output_zero_point"), number_of(node, "output_multiplier"),
                          number_of(node, "output_shift")};
  const bool fits = (magnitude(mul.self_zero_point) + 128) * (magnitude(mul.other_zero_point) + 128) < INT64_C(1) << 31;
  return fits && mul.shift <= 0 ? at_ends(a, b, mul) : Interval();
}

constexpr ElementwiseChannels mul_form(mul_range, "self", "other");

}  // namespace

extern const ChannelRule mul_channel_rule;
const ChannelRule mul_channel_rule = {QuantizedMulArgs::name, {}, &mul_form};

}  // namespace cortado::ops
