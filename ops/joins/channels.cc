// Concatenation: along the channels each part has its own of the output's, along another dimension all have the same.
#include <algorithm>

#include "ops/channel_rule.h"
#include "ops/joins/contract.h"
#include "ops/operands.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

const ir::ValueList* parts_of(const ir::Node& node) {
  const ir::Argument* given = node.find("tensors");
  return given != nullptr ? std::get_if<ir::ValueList>(given) : nullptr;
}

bool joins_channels(const ir::Node& node) {
  const ir::Type& type = node.outputs[0]->type;
  return Operands::dimension(number_of(node, "dim"), type.shape.size()) == channel_axis(type);
}

// Calls each(part, its first channel in the output).
template <class Each>
void for_each_part(const ir::Node& node, Each each) {
  std::size_t first = 0;
  for (const ir::Value* part : *parts_of(node)) {
    each(*part, first);
    if (joins_channels(node)) first += channel_count(part->type);
  }
}

class CatChannels final : public ChannelForm {
 public:
  // Constant parts would have to be cut for themselves.
  bool covers(const ir::Node& node) const override {
    const ir::Type& type = node.outputs[0]->type;
    const ir::ValueList* parts = parts_of(node);
    return parts != nullptr && !parts->empty() && is_int8(type) &&
           std::all_of(parts->begin(), parts->end(), [&](const ir::Value* part) {
             return part != nullptr && part->kind != ir::ValueKind::constant && is_int8(part->type) &&
                    part->type.shape.size() == type.shape.size();
           });
  }
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override {
    Intervals result(channel_count(node.outputs[0]->type), Interval{127, -128});
    for_each_part(node, [&](const ir::Value& part, std::size_t first) {
      const Intervals& ranges = of.of(part);
      for (std::size_t c = 0; c < ranges.size(); ++c) result[first + c] = result[first + c].with(ranges[c]);
    });
    return result;
  }
  void needs(const ir::Node& node, const ChannelRanges&, std::size_t channel, ChannelMarks& marks) const override {
    for_each_part(node, [&](const ir::Value& part, std::size_t first) {
      if (channel >= first && channel < first + channel_count(part.type)) marks.keep(part, channel - first);
    });
  }
  void follows(const ir::Node& node, const ir::Value& input, std::size_t channel, ChannelMarks& marks) const override {
    for_each_part(node, [&](const ir::Value& part, std::size_t first) {
      if (&part == &input) marks.keep(*node.outputs[0], first + channel);
    });
  }
  void cut(ir::Graph&, ir::Node&, const ChannelRanges&, const ChannelsKept&) const override {}
};

constexpr CatChannels joins_form;

}  // namespace

extern const ChannelRule joins_channel_rule;
const ChannelRule joins_channel_rule = {CatArgs::name, {}, &joins_form};

}  // namespace cortado::ops
