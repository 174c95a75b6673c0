// The first output of a model or program for many samples.
#pragma once

#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "ir/graph.h"
#include "tools/execute.h"
#include "tools/samples.h"

namespace cortado::tools {

using Scores = std::vector<std::vector<double>>;  // per sample, the elements of output 0

// Both run samples in parallel on the host; on a core they run one after the other.
Result<Scores> predict(const ir::Graph& graph, const compiler::SampleSource& samples);
Result<Scores> predict(const LoadedProgram& program, const compiler::SampleSource& samples,
                       const ExecuteOptions& options);

// Index of the largest score; the first of equals.
std::size_t best(const std::vector<double>& scores);
// The `count` largest, best first.
std::vector<std::size_t> top(const std::vector<double>& scores, std::size_t count);

}  // namespace cortado::tools
