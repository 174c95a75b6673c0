#include "compiler/plan/pack.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "compiler/optimise/stream_node.h"
#include "compiler/plan/plan.h"
#include "ops/alias/alias.h"
#include "support/random.h"

namespace cortado::compiler {
namespace {

constexpr std::int64_t alignment = arena_alignment_bytes;
constexpr std::int64_t nowhere = -1;

using Order = std::vector<std::size_t>;

class Placer {
 public:
  Placer(const std::vector<Lifetime>& lives, const std::vector<OverlaidPair>& pairs)
      : lives_(lives), together_(lives.size()) {
    for (const Lifetime& life : lives)
      sizes_.push_back((static_cast<std::int64_t>(life.size_bytes) + alignment - 1) / alignment * alignment);
    for (const OverlaidPair& pair : pairs) leads_[{pair.output, pair.input}] = pair.lead_bytes;
    for (std::size_t i = 0; i < lives.size(); ++i)
      for (std::size_t j = 0; j < lives.size(); ++j)
        if (i != j && sizes_[i] != 0 && sizes_[j] != 0 && lives[i].overlaps(lives[j])) together_[i].push_back(j);
  }

  // Places everything in this order at the lowest place that is free; the size of the arena.
  std::int64_t place(const Order& order, std::vector<std::int64_t>& offsets) const {
    offsets.assign(lives_.size(), nowhere);
    std::int64_t arena = 0;
    for (const std::size_t i : order) {
      offsets[i] = lowest(i, offsets);
      arena = std::max(arena, offsets[i] + sizes_[i]);
    }
    return arena;
  }

  const std::vector<std::int64_t>& sizes() const { return sizes_; }

 private:
  std::int64_t lowest(std::size_t i, const std::vector<std::int64_t>& offsets) const {
    std::vector<std::int64_t> places = {0};
    for (const std::size_t j : together_[i]) {
      if (offsets[j] == nowhere) continue;
      places.push_back(offsets[j] + sizes_[j]);
      if (const auto lead = leads_.find({i, j}); lead != leads_.end()) places.push_back(offsets[j] + lead->second);
      if (const auto lead = leads_.find({j, i}); lead != leads_.end()) places.push_back(offsets[j] - lead->second);
    }
    std::sort(places.begin(), places.end());
    for (const std::int64_t at : places)
      if (at >= 0 && is_free(i, at, offsets)) return at;
    return places.back();  // above everything
  }

  bool is_free(std::size_t i, std::int64_t at, const std::vector<std::int64_t>& offsets) const {
    return std::all_of(together_[i].begin(), together_[i].end(), [&](std::size_t j) {
      if (offsets[j] == nowhere || at >= offsets[j] + sizes_[j] || offsets[j] >= at + sizes_[i]) return true;
      const auto over = leads_.find({i, j}), under = leads_.find({j, i});
      return (over != leads_.end() && at <= offsets[j] + over->second) ||
             (under != leads_.end() && offsets[j] <= at + under->second);
    });
  }

  const std::vector<Lifetime>& lives_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::vector<std::size_t>> together_;  // alive at the same time
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> leads_;
};

std::vector<Order> first_orders(const std::vector<Lifetime>& lives) {
  Order by_time(lives.size());
  std::iota(by_time.begin(), by_time.end(), std::size_t{0});
  std::stable_sort(by_time.begin(), by_time.end(), [&](auto a, auto b) { return lives[a].first < lives[b].first; });
  Order by_size = by_time, by_area = by_time;
  const auto area = [&](std::size_t i) { return lives[i].size_bytes * (lives[i].last - lives[i].first + 1); };
  std::stable_sort(by_size.begin(), by_size.end(),
                   [&](auto a, auto b) { return lives[a].size_bytes > lives[b].size_bytes; });
  std::stable_sort(by_area.begin(), by_area.end(), [&](auto a, auto b) { return area(a) > area(b); });
  return {by_time, by_size, by_area, Order(by_time.rbegin(), by_time.rend())};
}

}  // namespace

std::vector<OverlaidPair> overlaid_pairs(const ir::Graph& graph, const std::vector<Lifetime>& lives) {
  std::unordered_map<const ir::Value*, std::size_t> index;
  for (std::size_t i = 0; i < lives.size(); ++i) index[lives[i].value] = i;
  std::vector<OverlaidPair> pairs;
  for (const auto& node : graph.nodes()) {
    if (!is_stream(*node)) continue;
    for (const Overlay& overlay : stream_overlays(*node)) {
      const ir::Value& memory = memory_of(*stream_inputs(*node)[overlay.input]);
      const auto input = index.find(&memory), output = index.find(node->outputs[overlay.output]);
      if (input == index.end() || output == index.end() || memory.kind == ir::ValueKind::state) continue;
      if (lives[input->second].last == lives[output->second].first)
        pairs.push_back({output->second, input->second, overlay.lead_bytes});
    }
  }
  return pairs;
}

Packing pack(const std::vector<Lifetime>& lives, const std::vector<OverlaidPair>& pairs, int exchanges) {
  const Placer placer(lives, pairs);
  Order best_order;
  std::vector<std::int64_t> best, offsets;
  std::int64_t best_bytes = 0;
  const auto try_order = [&](const Order& order) {
    const std::int64_t bytes = placer.place(order, offsets);
    if (!best.empty() && bytes > best_bytes) return;
    best_bytes = bytes;
    best = offsets;
    best_order = order;
  };
  for (const Order& order : first_orders(lives)) try_order(order);
  Random random(1);
  for (int i = 0; i < exchanges && lives.size() > 1; ++i) {
    Order order = best_order;
    const auto pick = [&] { return static_cast<std::size_t>(random.bits() % order.size()); };
    std::swap(order[pick()], order[pick()]);
    try_order(order);
  }
  return {static_cast<std::size_t>(best_bytes), {best.begin(), best.end()}};
}

}  // namespace cortado::compiler
