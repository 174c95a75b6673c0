// What an operator does channel by channel: what the compiler must know to leave channels out that change nothing.
// Host.
//
// A value's channels are the indices of dimension 1 where it has four, else of its last one. Rules speak of lowered
// nodes with one output. A node without a rule may do anything with its channels: all that it reads and writes stay.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ir/graph.h"

namespace cortado::ops {

std::size_t channel_axis(const ir::Type& type);   // 0 for a tensor of one number
std::size_t channel_count(const ir::Type& type);  // 1 for a tensor of one number

// What elements of int8 can be, both limits included.
struct Interval {
  std::int32_t low = -128, high = 127;

  bool is_constant() const { return low == high; }
  // Both this one's numbers and the other's.
  Interval with(Interval other) const {
    return {other.low < low ? other.low : low, other.high > high ? other.high : high};
  }
  friend bool operator==(const Interval&, const Interval&) = default;
};
using Intervals = std::vector<Interval>;  // one a channel

// What is known of every value of int8, constants too.
class ChannelRanges {
 public:
  virtual const Intervals& of(const ir::Value& value) const = 0;

 protected:
  ~ChannelRanges() = default;
};

// Takes down which channels must be computed.
class ChannelMarks {
 public:
  virtual void keep(const ir::Value& value, std::size_t channel) = 0;
  virtual void keep_all(const ir::Value& value) = 0;

 protected:
  ~ChannelMarks() = default;
};

// The channels that stay, in ascending order; null: all of them.
class ChannelsKept {
 public:
  virtual const std::vector<std::size_t>* of(const ir::Value& value) const = 0;

 protected:
  ~ChannelsKept() = default;
};

class ChannelForm {
 public:
  // Whether the rule holds for this node.
  virtual bool covers(const ir::Node& node) const = 0;
  // Of the output's channels: every element that the node can compute lies inside, at borders as well.
  virtual Intervals ranges(const ir::Node& node, const ChannelRanges& of) const = 0;
  // The output's `channel` is computed: marks the channels of results that it is computed from.
  virtual void needs(const ir::Node& node, const ChannelRanges& of, std::size_t channel, ChannelMarks& marks) const = 0;
  // The input's `channel` is there: marks what of the output comes with it, where the node cannot skip a channel.
  virtual void follows(const ir::Node& node, const ir::Value& input, std::size_t channel,
                       ChannelMarks& marks) const = 0;
  // Gives the node the constants that it needs when only these channels of its input and output stay. The types of
  // values change afterwards. Shared constants are left as they are.
  virtual void cut(ir::Graph& graph, ir::Node& node, const ChannelRanges& of, const ChannelsKept& kept) const = 0;

 protected:
  ~ChannelForm() = default;
};

struct ChannelRule {
  std::string_view op, other_op;  // wire operators, the second may be empty
  const ChannelForm* form;
};

struct ChannelRuleTable {
  const ChannelRule* const* rows;
  std::uint32_t count;
};

// Generated: FOLDER_channel_rule of every folder of operators.cmake with a channels.cc.
extern const ChannelRuleTable all_channel_rules;

// The rule that covers the node; null: none.
const ChannelForm* channel_form(const ir::Node& node);

// --- for rules

// Entries `kept` of dimension `axis`; null: all.
ir::Tensor only(const ir::Tensor& tensor, std::size_t axis, const std::vector<std::size_t>* kept);
// The same for a constant, whose quantization is dropped.
ir::Value* only(ir::Graph& graph, const ir::Value& constant, std::size_t axis, const std::vector<std::size_t>* kept);
// What the entries along a dimension of an i8 tensor are.
Intervals intervals_along(const ir::Tensor& tensor, std::size_t axis);
bool is_int8(const ir::Type& type);
// Whether each of the value's channels stays.
std::vector<bool> stays(const ir::Value& value, const ChannelsKept& kept);
// A sum as the 32 bits of kernels have it, which wrap around.
std::int32_t wrapped(std::int64_t sum);

}  // namespace cortado::ops
