#include "compiler/optimise/choose_chains.h"

#include <algorithm>
#include <limits>
#include <set>

#include "compiler/optimise/piece_costs.h"
#include "compiler/optimise/piece_lives.h"
#include "compiler/plan/pack.h"

namespace cortado::compiler {
namespace {

constexpr std::size_t longest_chain = 24;  // stages: keeps the number of candidates near linear
constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

// What a choice minimises among those within a limit.
enum class Measure : std::uint8_t { cycles, bytes, pieces };

// A way to run nodes first … last − 1.
struct Candidate {
  std::size_t first, last;
  bool is_stream;
  std::size_t bytes;
  std::uint64_t cycles;
  bool makes_pairs = false;  // Chain's

  std::uint64_t cost(Measure measure) const {
    return measure == Measure::cycles ? cycles : measure == Measure::bytes ? bytes : 1;
  }
};

using Way = std::vector<const Candidate*>;  // from the first node to the last

struct Choice {
  std::vector<Piece> pieces;
  std::uint64_t cycles = 0;
  std::size_t bytes = 0;  // of the arena, when all is placed
};

class Chooser {
 public:
  Chooser(const ir::Graph& graph, const Drafts& drafts, std::size_t longest)
      : graph_(graph), drafts_(drafts), longest_(longest), costs_(graph, drafts) {
    for (std::size_t first = 0; first < costs_.nodes().size(); ++first) add_from(first);
  }

  // Whether every node can be a call.
  bool is_calls_alone() const {
    return std::none_of(costs_.nodes().begin(), costs_.nodes().end(),
                        [](const ir::Node* node) { return node->op == input_rows_op; });
  }

  // What chains and calls need, smallest first.
  std::set<std::size_t> sizes() const {
    std::set<std::size_t> sizes;
    for (const Candidate& piece : candidates_)
      if (piece.bytes != unlimited) sizes.insert(piece.bytes);
    return sizes;
  }

  // The least memory that any choice needs.
  std::size_t least_bytes() const {
    std::vector<std::size_t> least(costs_.nodes().size() + 1, unlimited);
    least[0] = 0;
    for (const Candidate& piece : candidates_)
      least[piece.last] = std::min(least[piece.last], std::max(least[piece.first], piece.bytes));
    return least.back();
  }

  // The best by `measure` within the limit, which is at least least_bytes(). Without streams: calls alone, whatever
  // they need.
  Way best(std::size_t limit_bytes, Measure measure, bool streams = true) const {
    constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    std::vector<std::uint64_t> cost(costs_.nodes().size() + 1, never);
    std::vector<const Candidate*> chosen(cost.size(), nullptr);
    cost[0] = 0;
    for (const Candidate& piece : candidates_) {
      if (piece.bytes == unlimited || piece.bytes > limit_bytes || cost[piece.first] == never ||
          (piece.is_stream && !streams))
        continue;
      const std::uint64_t total = cost[piece.first] + piece.cost(measure);
      if (total >= cost[piece.last]) continue;
      cost[piece.last] = total;
      chosen[piece.last] = &piece;
    }
    Way way;
    for (std::size_t at = costs_.nodes().size(); at > 0 && chosen[at] != nullptr; at = chosen[at]->first)
      way.push_back(chosen[at]);
    std::reverse(way.begin(), way.end());
    return way;
  }

  Choice choice_of(const Way& way, int exchanges) const {
    Choice choice;
    for (const Candidate* candidate : way) {
      Piece piece{candidate->first, candidate->last, candidate->is_stream, {}};
      if (piece.is_stream)
        make_chain(run(piece.first, piece.last), drafts_, graph_, piece.chain, candidate->makes_pairs);
      choice.pieces.push_back(std::move(piece));
      choice.cycles += candidate->cycles;
    }
    choice.bytes = arena_bytes_of(graph_, choice.pieces, exchanges);
    return choice;
  }

 private:
  std::vector<const ir::Node*> run(std::size_t first, std::size_t last) const {
    return {costs_.nodes().begin() + static_cast<std::ptrdiff_t>(first),
            costs_.nodes().begin() + static_cast<std::ptrdiff_t>(last)};
  }

  // Candidates that begin with node `first`; all others that end there are known.
  void add_from(std::size_t first) {
    // Rows that come from the caller are a stream's alone.
    if (costs_.nodes()[first]->op == input_rows_op)
      candidates_.push_back({first, first + 1, false, unlimited, 0});
    else if (costs_.is_alias(first))
      candidates_.push_back({first, first + 1, false, 0, 0});
    else
      candidates_.push_back({first, first + 1, false, costs_.plain_bytes(first), costs_.plain_cycles(first)});
    std::size_t stages = 0;
    for (std::size_t last = first + 1; last <= costs_.nodes().size(); ++last) {
      if (!costs_.is_alias(last - 1)) {
        if (!costs_.has_draft(last - 1) || ++stages > longest_) return;
      } else if (last == first + 1) {
        return;  // an alias needs nothing: chains begin behind it
      }
      if (costs_.is_alias(last - 1)) continue;
      for (const bool makes_pairs : {false, true}) {
        Chain chain;
        if (!make_chain(run(first, last), drafts_, graph_, chain, makes_pairs)) break;
        candidates_.push_back(
            {first, last, true, costs_.stream_bytes(chain, first, last), costs_.stream_cycles(chain), makes_pairs});
      }
    }
  }

  const ir::Graph& graph_;
  const Drafts& drafts_;
  std::size_t longest_;
  PieceCosts costs_;
  std::vector<Candidate> candidates_;  // by first
};

constexpr std::size_t most_limits = 32;
constexpr int few_exchanges = 20;  // many choices are looked at

// Choices worth a look: for growing limits, and none without streams.
std::vector<Choice> choices(const Chooser& chooser, int exchanges) {
  const std::size_t least = chooser.least_bytes();
  std::vector<Way> ways;
  const auto add = [&](Way way) {
    if (std::find(ways.begin(), ways.end(), way) == ways.end()) ways.push_back(std::move(way));
  };
  if (chooser.is_calls_alone()) add(chooser.best(unlimited, Measure::cycles, false));
  std::vector<std::size_t> limits;
  for (const std::size_t limit : chooser.sizes())
    if (limit >= least) limits.push_back(limit);
  const std::size_t step = limits.size() / most_limits + 1;
  for (std::size_t i = 0; i < limits.size(); i += i < most_limits / 2 ? 1 : step)
    for (const Measure measure : {Measure::cycles, Measure::bytes, Measure::pieces})
      add(chooser.best(limits[i], measure));
  add(chooser.best(unlimited, Measure::cycles));
  std::vector<Choice> list;
  for (const Way& way : ways) list.push_back(chooser.choice_of(way, exchanges));
  return list;
}

}  // namespace

std::vector<Piece> choose_chains(const ir::Graph& graph, const Drafts& drafts, const CompileOptions& options) {
  if (graph.nodes().empty()) return {};
  const Chooser chooser(graph, drafts, options.materialise ? 1 : longest_chain);
  // A limit is asked of the plan itself: no choice that it would place within may be missed.
  std::vector<Choice> list = choices(chooser, options.arena_limit_bytes != 0 ? planned_exchanges : few_exchanges);
  const auto by_bytes = [](const Choice& a, const Choice& b) { return a.bytes < b.bytes; };
  const std::size_t least = std::min_element(list.begin(), list.end(), by_bytes)->bytes;
  std::size_t limit = unlimited;
  if (options.optimize == Optimize::balanced) limit = least + least / 4;
  if (options.arena_limit_bytes != 0) limit = std::max(options.arena_limit_bytes, least);
  if (options.optimize == Optimize::ram) limit = least;
  std::erase_if(list, [&](const Choice& choice) { return choice.bytes > limit; });
  const auto by_cycles = [](const Choice& a, const Choice& b) {
    return a.cycles != b.cycles ? a.cycles < b.cycles : a.bytes < b.bytes;
  };
  return std::move(std::min_element(list.begin(), list.end(), by_cycles)->pieces);
}

}  // namespace cortado::compiler
