// An alias shows the same bytes: which of its channels hold those of which channels of its source.
#include <algorithm>
#include <optional>

#include "ops/alias/alias.h"
#include "ops/channel_rule.h"

namespace cortado::ops {
namespace {

// Memory as [outer][channels][inner].
struct Memory {
  std::int64_t channels = 1, inner = 1;
};

Memory memory_of(const ir::Type& type) {
  Memory memory{static_cast<std::int64_t>(channel_count(type)), 1};
  bool behind = false;
  for (const std::uint8_t dim : type.full_dim_order()) {
    if (behind) memory.inner *= type.shape[dim];
    behind = behind || dim == channel_axis(type);
  }
  return memory;
}

// Channels of the finer side of one of the coarser's: (N, C, H, W) seen as (N, C · H · W). Both are 1 where channels
// agree.
struct Ratio {
  std::int64_t source = 1, alias = 1;
};

std::optional<Ratio> ratio_of(const ir::Node& node) {
  const Memory source = memory_of(alias_source(node)->type), alias = memory_of(node.outputs[0]->type);
  if (source.channels * source.inner != alias.channels * alias.inner || source.inner == 0 || alias.inner == 0)
    return {};
  if (source.inner % alias.inner == 0) return Ratio{1, source.inner / alias.inner};
  if (alias.inner % source.inner == 0) return Ratio{alias.inner / source.inner, 1};
  return {};
}

class AliasChannels final : public ChannelForm {
 public:
  bool covers(const ir::Node& node) const override {
    const ir::Value* source = alias_source(node);
    return source->kind != ir::ValueKind::constant && is_int8(source->type) && is_int8(node.outputs[0]->type) &&
           source->type.elements() != 0 && ratio_of(node).has_value();
  }
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override {
    const Ratio ratio = *ratio_of(node);
    const Intervals& source = of.of(*alias_source(node));
    Intervals result;
    for (std::size_t c = 0; c < channel_count(node.outputs[0]->type); ++c) {
      const auto [first, last] = across(c, ratio.alias, ratio.source);
      Interval range = source[first];
      for (std::size_t i = first; i < last; ++i) range = range.with(source[i]);
      result.push_back(range);
    }
    return result;
  }
  void needs(const ir::Node& node, const ChannelRanges&, std::size_t channel, ChannelMarks& marks) const override {
    const Ratio ratio = *ratio_of(node);
    const auto [first, last] = across(channel, ratio.alias, ratio.source);
    for (std::size_t i = first; i < last; ++i) marks.keep(*alias_source(node), i);
  }
  void follows(const ir::Node& node, const ir::Value&, std::size_t channel, ChannelMarks& marks) const override {
    const Ratio ratio = *ratio_of(node);
    const auto [first, last] = across(channel, ratio.source, ratio.alias);
    for (std::size_t i = first; i < last; ++i) marks.keep(*node.outputs[0], i);
  }
  void cut(ir::Graph&, ir::Node&, const ChannelRanges&, const ChannelsKept&) const override {}

 private:
  struct Span {
    std::size_t first, last;  // last is one behind
  };
  // The channels over there that hold bytes of `channel` here.
  static Span across(std::size_t channel, std::int64_t here, std::int64_t there) {
    const auto first = static_cast<std::int64_t>(channel) / here * there;
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(first + there)};
  }
};

constexpr AliasChannels alias_form;

}  // namespace

extern const ChannelRule alias_channel_rule;
const ChannelRule alias_channel_rule = {alias_op, {}, &alias_form};

}  // namespace cortado::ops
