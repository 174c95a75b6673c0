#include "tools/predict.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>

#include "compiler/interpret/interpreter.h"

namespace cortado::tools {
namespace {

std::vector<double> scores_of(const ir::Tensor& tensor) {
  std::vector<double> scores;
  for (std::int64_t i = 0; i < tensor.elements(); ++i) scores.push_back(tensor.as_double(i));
  return scores;
}

// `make` gives each thread its own function from a sample to outputs. The first error in sample order is returned.
template <class Make>
Result<Scores> in_parallel(const compiler::SampleSource& samples, Make make) {
  Scores scores(samples.size());
  std::vector<std::optional<Diagnostic>> errors(samples.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  const auto work = [&] {
    auto run = make();
    for (std::size_t i = next++; i < samples.size() && !failed; i = next++) {
      const auto one = [&]() -> Result<std::vector<double>> {
        CORTADO_TRY(const compiler::Sample sample, samples.sample(i));
        CORTADO_TRY(const Tensors outputs, run(sample));
        if (outputs.empty()) return input_error("the model has no output");
        return scores_of(outputs[0]);
      };
      auto result = one();
      if (result) {
        scores[i] = std::move(result).value();
      } else {
        errors[i] = std::move(result).error();
        failed = true;
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 1; t < std::max(1u, std::thread::hardware_concurrency()); ++t) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  for (auto& error : errors)
    if (error) return *std::move(error);
  return scores;
}

Result<Scores> on_core(const LoadedProgram& program, const compiler::SampleSource& samples,
                       const ExecuteOptions& options) {
  std::vector<Tensors> inputs;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    CORTADO_TRY(inputs.emplace_back(), samples.sample(i));
  }
  CORTADO_TRY(const Execution execution, execute(program, inputs, options));
  Scores scores;
  for (const Tensors& outputs : execution.outputs) scores.push_back(scores_of(outputs.at(0)));
  return scores;
}

}  // namespace

Result<Scores> predict(const ir::Graph& graph, const compiler::SampleSource& samples) {
  return in_parallel(samples, [&] {
    return [&, session = compiler::Session::create(graph)](const Tensors& inputs) mutable -> Result<Tensors> {
      if (!session) return session.error();
      return session.value().run(inputs);
    };
  });
}

Result<Scores> predict(const LoadedProgram& program, const compiler::SampleSource& samples,
                       const ExecuteOptions& options) {
  if (options.on != "host") return on_core(program, samples, options);
  return in_parallel(samples, [&] {
    return [session = runtime::Session::load(program.bytes, program.file, options.method)](
               const Tensors& inputs) mutable -> Result<Tensors> {
      if (!session) return session.error();
      return session.value().run(inputs);
    };
  });
}

std::size_t best(const std::vector<double>& scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

std::vector<std::size_t> top(const std::vector<double>& scores, std::size_t count) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  count = std::min(count, order.size());
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  order.resize(count);
  return order;
}

}  // namespace cortado::tools
