#include "compiler/optimise/drop_channels.h"

#include <algorithm>

#include "compiler/optimise/channel_ranges.h"
#include "compiler/optimise/kept_channels.h"

namespace cortado::compiler {
namespace {

bool is_cut(const ir::Node& node, const KeptChannels& kept) {
  const std::vector<ir::Value*> inputs = ir::input_values(node);
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](const ir::Value* value) { return kept.of(*value) != nullptr; }) ||
         std::any_of(node.outputs.begin(), node.outputs.end(),
                     [&](const ir::Value* value) { return kept.of(*value) != nullptr; });
}

}  // namespace

Result<std::size_t> drop_channels(ir::Graph& graph) {
  const KnownRanges ranges(graph);
  const KeptChannels kept(graph, ranges);
  for (ir::Node* node : graph.snapshot())
    if (is_cut(*node, kept)) ops::channel_form(*node)->cut(graph, *node, ranges, kept);
  std::size_t gone = 0;
  for (const auto& value : graph.values()) {
    const std::vector<std::size_t>* channels = kept.of(*value);
    if (channels == nullptr) continue;
    std::int64_t& size = value->type.shape[ops::channel_axis(value->type)];
    gone += static_cast<std::size_t>(size) - channels->size();
    size = static_cast<std::int64_t>(channels->size());
  }
  graph.remove_dead();
  return gone;
}

}  // namespace cortado::compiler
