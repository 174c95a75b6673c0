#include "compiler/optimise/kept_channels.h"

#include <algorithm>

namespace cortado::compiler {
namespace {

// Kernels make four outputs at a time, and read sixteen channels of a pixel at a time: of few channels all at once, of
// many in loops that are slower where the last vector is not whole.
constexpr std::size_t few_channels = 64;

std::size_t unit_of(std::size_t channels) { return channels <= few_channels ? 4 : 16; }

}  // namespace

KeptChannels::KeptChannels(const ir::Graph& graph, const ops::ChannelRanges& ranges) : ranges_(ranges) {
  for (const auto& value : graph.values()) {
    if (value->kind == ir::ValueKind::constant || value->kind == ir::ValueKind::scratch) continue;
    marks_[value.get()].resize(ops::channel_count(value->type));
    order_.push_back(value.get());
  }
  for (const auto& node : graph.nodes()) forms_[node.get()] = ops::channel_form(*node);
  keep_borders(graph);
  close();
  for (const ir::Value* value : order_) {
    const std::vector<bool>& marks = marks_.at(value);
    if (marks.empty() || std::find(marks.begin(), marks.end(), true) != marks.end()) continue;
    keep(*value, 0);  // kernels take no tensors without channels
    close();
  }
  while (fill_units()) {
  }
}

bool KeptChannels::fill_units() {
  bool any = false;
  for (const ir::Value* value : order_) {
    const std::vector<bool>& marks = marks_.at(value);
    const auto count = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), true));
    std::size_t missing = (unit_of(count) - count % unit_of(count)) % unit_of(count);
    if (count + missing > marks.size()) continue;
    // Constants first: nothing must be computed for them.
    for (const bool constant : {true, false})
      for (std::size_t c = 0; c < marks.size() && missing != 0; ++c) {
        if (marks[c] || ranges_.of(*value)[c].is_constant() != constant) continue;
        keep(*value, c);
        --missing;
        any = true;
      }
    close();
  }
  return any;
}

void KeptChannels::keep_borders(const ir::Graph& graph) {
  for (const ir::Value* value : order_)
    if (value->kind != ir::ValueKind::result) keep_all(*value);
  for (const ir::Output& output : graph.outputs()) keep_all(*output.value);
  for (const ir::Mutation& mutation : graph.mutations()) keep_all(*mutation.value);
  for (const auto& node : graph.nodes()) {
    if (forms_.at(node.get()) != nullptr) continue;
    for (const ir::Value* value : ir::input_values(*node)) keep_all(*value);
    for (const ir::Value* value : node->outputs) keep_all(*value);
  }
}

void KeptChannels::keep(const ir::Value& value, std::size_t channel) {
  const auto found = marks_.find(&value);
  if (found == marks_.end() || found->second[channel]) return;
  found->second[channel] = true;
  open_.emplace_back(&value, channel);
}

void KeptChannels::keep_all(const ir::Value& value) {
  const auto found = marks_.find(&value);
  if (found == marks_.end()) return;
  for (std::size_t channel = 0; channel < found->second.size(); ++channel) keep(value, channel);
}

void KeptChannels::follow(const ir::Value& value, std::size_t channel) {
  if (value.producer != nullptr)
    if (const ops::ChannelForm* form = forms_.at(value.producer)) form->needs(*value.producer, ranges_, channel, *this);
  for (const ir::Node* user : value.users)
    if (const ops::ChannelForm* form = forms_.at(user)) form->follows(*user, value, channel, *this);
}

void KeptChannels::close() {
  while (!open_.empty()) {
    const auto [value, channel] = open_.back();
    open_.pop_back();
    follow(*value, channel);
  }
  lists_.clear();
}

const std::vector<std::size_t>* KeptChannels::of(const ir::Value& value) const {
  const auto found = marks_.find(&value);
  if (found == marks_.end() || std::find(found->second.begin(), found->second.end(), false) == found->second.end())
    return nullptr;
  auto [list, is_new] = lists_.try_emplace(&value);
  for (std::size_t i = 0; is_new && i < found->second.size(); ++i)
    if (found->second[i]) list->second.push_back(i);
  return &list->second;
}

}  // namespace cortado::compiler
