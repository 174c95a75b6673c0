// What the elements of every int8 value can be, channel by channel.
#pragma once

#include <unordered_map>

#include "ir/graph.h"
#include "ops/channel_rule.h"

namespace cortado::compiler {

class KnownRanges final : public ops::ChannelRanges {
 public:
  // Of a lowered graph. Keeps addresses of its values.
  explicit KnownRanges(const ir::Graph& graph);
  const ops::Intervals& of(const ir::Value& value) const override { return ranges_.at(&value); }

 private:
  std::unordered_map<const ir::Value*, ops::Intervals> ranges_;
};

}  // namespace cortado::compiler
