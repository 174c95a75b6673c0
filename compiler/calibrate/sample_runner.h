// Runs a float graph over all samples, several at a time, and shows every value to an observer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "compiler/interpret/interpreter.h"
#include "ir/graph.h"
#include "support/parallel.h"
#include "support/result.h"

namespace cortado::compiler {

class SampleRunner {
 public:
  // `graph` and `samples` must outlive the runner. A graph with state runs on one thread, sample after
  // sample, and starts anew where a sequence begins.
  static Result<SampleRunner> create(const ir::Graph& graph, const SampleSource& samples, std::size_t threads,
                                     bool progress);

  // Called on threads 0 … threads() − 1, in order of execution within a sample, in any order between samples.
  using Visitor =
      std::function<Status(std::size_t sample, std::size_t thread, const ir::Value& value, const ir::Tensor& tensor)>;
  // One pass over all samples. Errors name the sample.
  Status run(const std::string& label, const Visitor& visit) const;

  // The same, for what leaves the graph.
  using OutputVisitor = std::function<Status(std::size_t sample, const std::vector<ir::Tensor>& outputs)>;
  Status run_outputs(const std::string& label, const OutputVisitor& visit) const;

  std::size_t threads() const { return threads_; }
  std::size_t samples() const { return samples_->size(); }

 private:
  SampleRunner() = default;
  Status run_each(
      const std::string& label,
      const std::function<Status(std::size_t sample, std::size_t thread, Session& session, const Sample&)>& run) const;

  const ir::Graph* graph_ = nullptr;
  const SampleSource* samples_ = nullptr;
  std::size_t threads_ = 1;
  bool progress_ = true;
};

}  // namespace cortado::compiler
