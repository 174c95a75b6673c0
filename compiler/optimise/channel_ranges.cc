#include "compiler/optimise/channel_ranges.h"

namespace cortado::compiler {

KnownRanges::KnownRanges(const ir::Graph& graph) {
  for (const auto& value : graph.values()) {
    if (!ops::is_int8(value->type)) continue;
    const bool is_known = value->kind == ir::ValueKind::constant && !value->type.shape.empty();
    ranges_[value.get()] = is_known ? ops::intervals_along(value->data, ops::channel_axis(value->type))
                                    : ops::Intervals(ops::channel_count(value->type));
  }
  for (const auto& node : graph.nodes())
    if (const ops::ChannelForm* form = ops::channel_form(*node)) ranges_[node->outputs[0]] = form->ranges(*node, *this);
}

}  // namespace cortado::compiler
