#include "ops/elementwise_channels.h"

#include <algorithm>
#include <optional>

#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

// The dimension of the operand that stands at the output's channels; nullopt: it has none, or one entry for all of
// several.
std::optional<std::size_t> aligned_axis(const ir::Value& operand, const ir::Value& output) {
  const std::size_t axis = channel_axis(output.type) + operand.type.shape.size();
  const std::size_t rank = output.type.shape.size();
  if (axis < rank || operand.type.shape.empty()) return {};
  if (operand.type.shape[axis - rank] != output.type.shape[channel_axis(output.type)]) return {};
  return axis - rank;
}

bool is_constant(const ir::Value& value) { return value.kind == ir::ValueKind::constant; }

bool covers_operand(const ir::Value& operand, const ir::Value& output) {
  if (!is_int8(operand.type) || operand.type.shape.size() > output.type.shape.size()) return false;
  const auto axis = aligned_axis(operand, output);
  return !axis || is_constant(operand) || *axis == channel_axis(operand.type);
}

// The range of the operand's elements that the output's channel is computed from.
Interval range_at(const ir::Value& operand, const ir::Value& output, const Intervals& intervals, std::size_t channel) {
  if (aligned_axis(operand, output)) return intervals[channel];
  Interval all = intervals[0];
  for (const Interval& interval : intervals) all = all.with(interval);
  return all;
}

}  // namespace

bool ElementwiseChannels::covers(const ir::Node& node) const {
  const ir::Value& output = *node.outputs[0];
  if (!is_int8(output.type) || output.type.shape.empty() || output.type.elements() == 0 ||
      (also_ != nullptr && !also_(node)))
    return false;
  for (const char* name : names_) {
    const ir::Value* operand = name != nullptr ? value_of(node, name) : nullptr;
    if (name != nullptr && (operand == nullptr || !covers_operand(*operand, output))) return false;
  }
  return true;
}

Intervals ElementwiseChannels::ranges(const ir::Node& node, const ChannelRanges& of) const {
  const ir::Value& output = *node.outputs[0];
  const ir::Value* operands[2] = {value_of(node, names_[0]),
                                  value_of(node, names_[1] != nullptr ? names_[1] : names_[0])};
  Intervals known[2], result;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto axis = aligned_axis(*operands[i], output);
    known[i] = is_constant(*operands[i]) && axis ? intervals_along(operands[i]->data, *axis) : of.of(*operands[i]);
  }
  for (std::size_t c = 0; c < channel_count(output.type); ++c)
    result.push_back(
        range_(node, range_at(*operands[0], output, known[0], c), range_at(*operands[1], output, known[1], c)));
  return result;
}

void ElementwiseChannels::needs(const ir::Node& node, const ChannelRanges&, std::size_t channel,
                                ChannelMarks& marks) const {
  for (const char* name : names_) {
    const ir::Value* operand = name != nullptr ? value_of(node, name) : nullptr;
    if (operand == nullptr || is_constant(*operand)) continue;
    if (aligned_axis(*operand, *node.outputs[0]))
      marks.keep(*operand, channel);
    else
      marks.keep_all(*operand);
  }
}

void ElementwiseChannels::follows(const ir::Node& node, const ir::Value& input, std::size_t channel,
                                  ChannelMarks& marks) const {
  if (aligned_axis(input, *node.outputs[0])) marks.keep(*node.outputs[0], channel);
}

void ElementwiseChannels::cut(ir::Graph& graph, ir::Node& node, const ChannelRanges&, const ChannelsKept& kept) const {
  const ir::Value& output = *node.outputs[0];
  for (const char* name : names_) {
    const ir::Value* operand = name != nullptr ? value_of(node, name) : nullptr;
    if (operand == nullptr || !is_constant(*operand) || kept.of(output) == nullptr) continue;
    if (const auto axis = aligned_axis(*operand, output)) {
      ir::Value* part = only(graph, *operand, *axis, kept.of(output));
      part->type.quantization = operand->type.quantization;
      graph.set_argument(node, name, part);
    }
  }
}

}  // namespace cortado::ops
