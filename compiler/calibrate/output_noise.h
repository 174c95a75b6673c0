// How much noise ranges leave in what the network gives, on samples.
#pragma once

#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/sample_runner.h"
#include "ir/graph.h"

namespace cortado::compiler {

class OutputNoise {
 public:
  // Runs the float graph. `graph` and `samples` must outlive it.
  static Result<OutputNoise> create(const ir::Graph& graph, const SampleSource& samples, std::size_t threads,
                                    bool progress);

  // Σ (int8 − float)² / Σ float² over the real outputs of the graph quantized with `ranges`.
  Result<double> of(const Ranges& ranges) const;

 private:
  OutputNoise() = default;
  const ir::Graph* graph_ = nullptr;
  const SampleSource* samples_ = nullptr;
  std::size_t threads_ = 0;
  bool progress_ = true;
  std::vector<std::vector<ir::Tensor>> expected_;  // [sample][output]
};

}  // namespace cortado::compiler
