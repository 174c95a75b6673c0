#include "compiler/plan/plan.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "compiler/plan/lifetimes.h"
#include "compiler/plan/pack.h"
#include "ops/alias/alias.h"
#include "support/checked.h"

namespace cortado::compiler {
namespace {

struct Placement {
  std::size_t offset = 0;
  std::size_t end = 0;
};

// Places the lives in the given order, each in the smallest gap that holds it among those that are alive with it,
// else above them. Returns the size of the arena; false on overflow.
bool place(const std::vector<Lifetime>& lives, const std::vector<std::size_t>& order,
           std::vector<Placement>& placements, std::size_t& arena_bytes) {
  placements.assign(lives.size(), {});
  arena_bytes = 0;
  std::vector<std::size_t> placed;  // indices, by offset
  for (std::size_t i : order) {
    std::size_t size = 0;
    if (!checked_align_up(lives[i].size_bytes, arena_alignment_bytes, size)) return false;
    std::size_t gap_begin = 0;
    std::size_t best_offset = 0;
    std::size_t best_gap = std::numeric_limits<std::size_t>::max();
    for (std::size_t j : placed) {
      if (!lives[i].overlaps(lives[j])) continue;
      if (placements[j].offset > gap_begin) {
        const std::size_t gap = placements[j].offset - gap_begin;
        if (gap >= size && gap < best_gap) {
          best_gap = gap;
          best_offset = gap_begin;
        }
      }
      gap_begin = std::max(gap_begin, placements[j].end);
    }
    if (best_gap == std::numeric_limits<std::size_t>::max()) best_offset = gap_begin;
    placements[i].offset = best_offset;
    if (!checked_add(best_offset, size, placements[i].end)) return false;
    arena_bytes = std::max(arena_bytes, placements[i].end);
    if (size == 0) continue;
    placed.insert(
        std::upper_bound(placed.begin(), placed.end(), i,
                         [&](std::size_t a, std::size_t b) { return placements[a].offset < placements[b].offset; }),
        i);
  }
  return true;
}

// Orders worth trying; the first that gives the smallest arena is taken.
std::vector<std::vector<std::size_t>> orders(const std::vector<Lifetime>& lives) {
  std::vector<std::size_t> by_size(lives.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::vector<std::size_t> by_duration = by_size;
  std::vector<std::size_t> by_time = by_size;
  const auto area = [&](std::size_t i) { return lives[i].size_bytes * (lives[i].last - lives[i].first + 1); };
  std::stable_sort(by_size.begin(), by_size.end(),
                   [&](std::size_t a, std::size_t b) { return lives[a].size_bytes > lives[b].size_bytes; });
  std::stable_sort(by_duration.begin(), by_duration.end(),
                   [&](std::size_t a, std::size_t b) { return area(a) > area(b); });
  std::stable_sort(by_time.begin(), by_time.end(),
                   [&](std::size_t a, std::size_t b) { return lives[a].first < lives[b].first; });
  return {by_size, by_duration, by_time};
}

}  // namespace

Result<Plan> plan_memory(const ir::Graph& graph) {
  const std::vector<Lifetime> lives = lifetimes(graph);
  Plan plan;
  plan.arena_bytes = std::numeric_limits<std::size_t>::max();
  std::vector<Placement> best;
  for (const auto& order : orders(lives)) {
    std::vector<Placement> placements;
    std::size_t arena_bytes = 0;
    if (!place(lives, order, placements, arena_bytes)) return input_error("the model's tensors do not fit any memory");
    if (arena_bytes >= plan.arena_bytes) continue;
    plan.arena_bytes = arena_bytes;
    best = std::move(placements);
  }
  for (std::size_t i = 0; i < lives.size(); ++i) plan.offset_bytes[lives[i].value] = best[i].offset;
  if (const auto pairs = overlaid_pairs(graph, lives); !pairs.empty()) {
    const Packing packing = pack(lives, pairs, planned_exchanges);
    if (packing.arena_bytes < plan.arena_bytes) {
      plan.arena_bytes = packing.arena_bytes;
      for (std::size_t i = 0; i < lives.size(); ++i) plan.offset_bytes[lives[i].value] = packing.offset_bytes[i];
    }
  }
  for (const auto& node : graph.nodes())
    if (ops::is_alias(*node))
      if (const auto source = plan.offset_bytes.find(&memory_of(*node->outputs[0])); source != plan.offset_bytes.end())
        plan.offset_bytes[node->outputs[0]] = source->second;
  return plan;
}

}  // namespace cortado::compiler
