// Which channels a program must compute: those that its outputs depend on, and what comes with them.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/graph.h"
#include "ops/channel_rule.h"

namespace cortado::compiler {

// A set that is closed: a channel that is kept brings what it is computed from and what stands or falls with it. Beyond
// the least such set it has what fills the units of channels that kernels are fast for.
class KeptChannels final : public ops::ChannelMarks, public ops::ChannelsKept {
 public:
  // What the graph's borders and the nodes without a rule need, and at least one channel of every value.
  KeptChannels(const ir::Graph& graph, const ops::ChannelRanges& ranges);

  const std::vector<std::size_t>* of(const ir::Value& value) const override;

 private:
  void keep(const ir::Value& value, std::size_t channel) override;
  void keep_all(const ir::Value& value) override;
  void close();
  bool fill_units();  // false: nothing was added
  void keep_borders(const ir::Graph& graph);
  void follow(const ir::Value& value, std::size_t channel);

  const ops::ChannelRanges& ranges_;
  std::unordered_map<const ir::Node*, const ops::ChannelForm*> forms_;  // null: none
  std::unordered_map<const ir::Value*, std::vector<bool>> marks_;       // of inputs, states and results
  std::vector<std::pair<const ir::Value*, std::size_t>> open_;
  std::vector<const ir::Value*> order_;
  mutable std::unordered_map<const ir::Value*, std::vector<std::size_t>> lists_;  // made when asked for
};

}  // namespace cortado::compiler
