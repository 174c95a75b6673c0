// How often a classifier is right, and how often it agrees with the float model.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Runs one model on one sample; gives its outputs as real numbers or as integers with one scale. Used by one thread.
using ModelRunner = std::function<Result<std::vector<ir::Tensor>>(const Sample& sample)>;
// Makes a runner for each thread.
using ModelRunnerFactory = std::function<Result<ModelRunner>()>;

// A graph of source operators, float or typed. The graph must outlive the runners.
ModelRunnerFactory graph_runner(const ir::Graph& graph);

struct EvaluateOptions {
  std::size_t threads = 0;  // samples run at a time; 0: as many as there are cores
  bool progress = true;     // on stderr, if that is a terminal
};

struct Evaluation {
  std::size_t samples = 0;
  double top1 = 0, top5 = 0;  // fractions of the samples
  // Fraction whose best score several classes share: clipped scores are equal at the top, and the answer is chance.
  double saturated = 0;
  std::optional<double> same_as_float;  // fraction whose best class is the reference's
  // Σ (y − reference)² / Σ reference² over all scores; comparable only where both have the same unit.
  std::optional<double> noise_to_signal;
  // Fraction whose two best classes lie, for the reference, within a step of the model's scores, which is the smallest
  // difference that any of them show: which is the better these scores cannot tell. Of integer scores it is not known.
  std::optional<double> undecided;
};

// The first output holds one score per class. `labels`: the right class of each sample. `reference`: the float model,
// or empty. Of equal scores the class with the smaller index counts as the better.
// Errors (Fault::input): no samples, another number of labels than of samples, a label that is no class, those of the
// runs (with the sample's name).
Result<Evaluation> evaluate(const SampleSource& samples, const std::vector<std::int64_t>& labels,
                            const ModelRunnerFactory& model, const ModelRunnerFactory& reference,
                            const EvaluateOptions& options = {});

// Position of `index` among the scores, best first: 0 … elements − 1.
std::int64_t rank_of(const ir::Tensor& scores, std::int64_t index);
// The best class.
std::int64_t best_of(const ir::Tensor& scores);

}  // namespace cortado::compiler
