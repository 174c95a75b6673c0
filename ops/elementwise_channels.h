// The channel rules of operators whose output's channel is computed from the same channel of their operands: element by
// element, broadcast, or over windows inside a channel. Host.
#pragma once

#include "ops/channel_rule.h"

namespace cortado::ops {

// `range`: what the node makes of one operand, or of two, whose elements lie in the intervals (b is a where there is
// one).
using RangeOf = Interval (*)(const ir::Node& node, Interval a, Interval b);

class ElementwiseChannels final : public ChannelForm {
 public:
  constexpr ElementwiseChannels(RangeOf range, const char* operand, const char* second = nullptr,
                                bool (*also)(const ir::Node&) = nullptr)
      : range_(range), names_{operand, second}, also_(also) {}

  bool covers(const ir::Node& node) const override;
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override;
  void needs(const ir::Node& node, const ChannelRanges& of, std::size_t channel, ChannelMarks& marks) const override;
  void follows(const ir::Node& node, const ir::Value& input, std::size_t channel, ChannelMarks& marks) const override;
  void cut(ir::Graph& graph, ir::Node& node, const ChannelRanges& of, const ChannelsKept& kept) const override;

 private:
  RangeOf range_;
  const char* names_[2];
  bool (*also_)(const ir::Node&);  // what else must hold
};

// Smallest and largest of f(a, b) at the ends of two intervals: its range where f rises or falls in each operand.
template <class F>
Interval at_ends(Interval a, Interval b, F f) {
  const auto point = [&](std::int32_t x, std::int32_t y) {
    const std::int32_t value = f(static_cast<std::int8_t>(x), static_cast<std::int8_t>(y));
    return Interval{value, value};
  };
  return point(a.low, b.low).with(point(a.low, b.high)).with(point(a.high, b.low)).with(point(a.high, b.high));
}

}  // namespace cortado::ops
