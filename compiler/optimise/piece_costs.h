// What a run of nodes needs and costs, for choose_chains.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/optimise/choose_chains.h"
#include "compiler/plan/lifetimes.h"

namespace cortado::compiler {

class PieceCosts {
 public:
  PieceCosts(const ir::Graph& graph, const Drafts& drafts);

  const std::vector<const ir::Node*>& nodes() const { return nodes_; }
  bool is_alias(std::size_t i) const { return alias_[i]; }
  bool has_draft(std::size_t i) const { return drafts_.count(nodes_[i]) != 0; }

  // Memory while node `i` runs by itself.
  std::size_t plain_bytes(std::size_t i) const;
  std::uint64_t plain_cycles(std::size_t i) const;
  // Memory while the chain of nodes first … last − 1 runs.
  std::size_t stream_bytes(const Chain& chain, std::size_t first, std::size_t last) const;
  std::uint64_t stream_cycles(const Chain& chain) const;

 private:
  struct Life {
    std::size_t bytes = 0, first = 0, last = 0;  // nodes
  };
  const Life* life_of(const ir::Value& value) const;
  // Bytes of values that are alive from before `first` to after `last − 1`.
  std::size_t alive_across(std::size_t first, std::size_t last) const;

  const Drafts& drafts_;
  std::vector<const ir::Node*> nodes_;
  std::vector<bool> alias_;
  std::unordered_map<const ir::Value*, Life> lives_;
};

}  // namespace cortado::compiler
