#include "compiler/calibrate/sample_runner.h"

#include <optional>

#include "support/progress.h"

namespace cortado::compiler {

Result<SampleRunner> SampleRunner::create(const ir::Graph& graph, const SampleSource& samples, std::size_t threads,
                                          bool progress) {
  SampleRunner runner;
  runner.graph_ = &graph;
  runner.samples_ = &samples;
  runner.threads_ = graph.mutations().empty() ? thread_count(threads, samples.size()) : 1;
  runner.progress_ = progress;
  return runner;
}

Status SampleRunner::run_each(
    const std::string& label,
    const std::function<Status(std::size_t sample, std::size_t thread, Session& session, const Sample&)>& run) const {
  std::vector<Session> sessions;
  for (std::size_t thread = 0; thread < threads_; ++thread) {
    CORTADO_TRY(Session session, Session::create(*graph_));
    sessions.push_back(std::move(session));
  }
  Progress progress(label, samples_->size(), progress_);
  return parallel_for(samples_->size(), threads_, [&](std::size_t i, std::size_t thread) -> Status {
    auto sample = samples_->sample(i);
    if (!sample) return std::move(sample).error();  // names its file itself
    if (samples_->begins_sequence(i)) sessions[thread].reset();
    if (Status status = run(i, thread, sessions[thread], sample.value()); !status)
      return std::move(status).error().in(samples_->name(i));
    progress.advance();
    return {};
  });
}

Status SampleRunner::run(const std::string& label, const Visitor& visit) const {
  return run_each(label, [&](std::size_t i, std::size_t thread, Session& session, const Sample& sample) -> Status {
    Status visited;
    auto outputs = session.run(sample, [&](const ir::Value& value, const ir::Tensor& tensor) {
      if (visited) visited = visit(i, thread, value, tensor);
    });
    if (!outputs) return std::move(outputs).error();
    return visited;
  });
}

Status SampleRunner::run_outputs(const std::string& label, const OutputVisitor& visit) const {
  return run_each(label, [&](std::size_t i, std::size_t, Session& session, const Sample& sample) -> Status {
    CORTADO_TRY(const std::vector<ir::Tensor> outputs, session.run(sample));
    return visit(i, outputs);
  });
}

}  // namespace cortado::compiler
