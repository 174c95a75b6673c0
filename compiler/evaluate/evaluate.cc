#include "compiler/evaluate/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "compiler/interpret/interpreter.h"
#include "support/parallel.h"
#include "support/progress.h"

namespace cortado::compiler {
namespace {

struct Outcome {  // of one sample
  bool top1 = false, top5 = false, tied = false, same = false;
  double noise = 0, signal = 0;
  double step = std::numeric_limits<double>::infinity();  // of the scores
  double margin = 0;                                      // between the reference's two best
};

Result<ir::Tensor> scores_of(const ModelRunner& run, const Sample& sample) {
  CORTADO_TRY(std::vector<ir::Tensor> outputs, run(sample));
  if (outputs.empty() || outputs[0].elements() == 0) return input_error("the model gives no scores");
  return std::move(outputs[0]);
}

bool best_is_shared(const ir::Tensor& scores) {
  const double best = scores.as_double(best_of(scores));
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < scores.elements(); ++i) count += scores.as_double(i) == best;
  return count > 1;
}

std::vector<double> sorted(const ir::Tensor& scores) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < scores.elements(); ++i) values.push_back(scores.as_double(i));
  std::sort(values.begin(), values.end());
  return values;
}

// Between scores that differ.
double smallest_difference(const ir::Tensor& scores) {
  const std::vector<double> values = sorted(scores);
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i] > values[i - 1]) smallest = std::min(smallest, values[i] - values[i - 1]);
  return smallest;
}

double margin_of_best(const ir::Tensor& scores) {
  const std::vector<double> values = sorted(scores);
  return values.size() > 1 ? values[values.size() - 1] - values[values.size() - 2]
                           : std::numeric_limits<double>::infinity();
}

Status compare(const ir::Tensor& scores, const ir::Tensor& reference, Outcome& outcome) {
  if (scores.elements() != reference.elements())
    return input_error(
        fmt::format("the model gives {} scores, the float model {}", scores.elements(), reference.elements()));
  outcome.same = best_of(scores) == best_of(reference);
  for (std::int64_t i = 0; i < scores.elements(); ++i) {
    const double expected = reference.as_double(i), error = scores.as_double(i) - expected;
    outcome.noise += error * error;
    outcome.signal += expected * expected;
  }
  if (is_float(scores.dtype())) outcome.step = smallest_difference(scores);
  outcome.margin = margin_of_best(reference);
  return {};
}

Result<Outcome> try_sample(const Sample& sample, std::int64_t label, const ModelRunner& model,
                           const ModelRunner& reference) {
  CORTADO_TRY(const ir::Tensor scores, scores_of(model, sample));
  if (label < 0 || label >= scores.elements())
    return input_error(fmt::format("class {} is not among the model's {} classes", label, scores.elements()));
  const std::int64_t rank = rank_of(scores, label);
  Outcome outcome{rank < 1, rank < 5, best_is_shared(scores)};
  if (reference) {
    CORTADO_TRY(const ir::Tensor expected, scores_of(reference, sample));
    CORTADO_CHECK(compare(scores, expected, outcome));
  }
  return outcome;
}

Result<std::vector<ModelRunner>> make_runners(const ModelRunnerFactory& factory, std::size_t count) {
  std::vector<ModelRunner> runners(count);
  for (ModelRunner& runner : runners)
    if (factory) {
      CORTADO_TRY(runner, factory());
    }
  return runners;
}

// In sample order, so that the sums do not depend on the threads.
Evaluation summary(const std::vector<Outcome>& outcomes, bool has_reference) {
  Evaluation evaluation;
  evaluation.samples = outcomes.size();
  double top1 = 0, top5 = 0, tied = 0, same = 0, noise = 0, signal = 0, undecided = 0;
  double step = std::numeric_limits<double>::infinity();
  for (const Outcome& outcome : outcomes) {
    top1 += outcome.top1, top5 += outcome.top5, tied += outcome.tied, same += outcome.same;
    noise += outcome.noise, signal += outcome.signal;
    step = std::min(step, outcome.step);
  }
  for (const Outcome& outcome : outcomes) undecided += outcome.margin < step;
  const auto count = static_cast<double>(outcomes.size());
  evaluation.top1 = top1 / count;
  evaluation.top5 = top5 / count;
  evaluation.saturated = tied / count;
  if (has_reference) evaluation.same_as_float = same / count;
  if (has_reference && signal > 0) evaluation.noise_to_signal = noise / signal;
  if (has_reference && std::isfinite(step)) evaluation.undecided = undecided / count;
  return evaluation;
}

}  // namespace

ModelRunnerFactory graph_runner(const ir::Graph& graph) {
  return [&graph]() -> Result<ModelRunner> {
    CORTADO_TRY(Session session, Session::create(graph));
    auto shared = std::make_shared<Session>(std::move(session));  // std::function wants copies
    return ModelRunner([shared](const Sample& sample) {
      shared->reset();
      return shared->run(sample);
    });
  };
}

std::int64_t rank_of(const ir::Tensor& scores, std::int64_t index) {
  const double own = scores.as_double(index);
  std::int64_t rank = 0;
  for (std::int64_t i = 0; i < scores.elements(); ++i) {
    const double other = scores.as_double(i);
    rank += other > own || (other == own && i < index);
  }
  return rank;
}

std::int64_t best_of(const ir::Tensor& scores) {
  std::int64_t best = 0;
  for (std::int64_t i = 1; i < scores.elements(); ++i)
    if (scores.as_double(i) > scores.as_double(best)) best = i;
  return best;
}

Result<Evaluation> evaluate(const SampleSource& samples, const std::vector<std::int64_t>& labels,
                            const ModelRunnerFactory& model, const ModelRunnerFactory& reference,
                            const EvaluateOptions& options) {
  if (samples.size() == 0) return input_error("there are no samples to evaluate");
  if (labels.size() != samples.size())
    return input_error(fmt::format("there are {} samples and {} labels", samples.size(), labels.size()));
  const std::size_t threads = thread_count(options.threads, samples.size());
  CORTADO_TRY(const std::vector<ModelRunner> models, make_runners(model, threads));
  CORTADO_TRY(const std::vector<ModelRunner> references, make_runners(reference, threads));
  std::vector<Outcome> outcomes(samples.size());
  Progress progress("evaluating", samples.size(), options.progress);
  CORTADO_CHECK(parallel_for(samples.size(), threads, [&](std::size_t i, std::size_t thread) -> Status {
    CORTADO_TRY(const Sample sample, samples.sample(i));
    auto outcome = try_sample(sample, labels[i], models[thread], references[thread]);
    if (!outcome) return std::move(outcome).error().in(samples.name(i));
    outcomes[i] = outcome.value();
    progress.advance();
    return {};
  }));
  return summary(outcomes, static_cast<bool>(reference));
}

}  // namespace cortado::compiler
