// A copy of a network in which made-up inputs give what training recorded.
//
// Noise is not what the network was trained on, and its activations are not of the usual size either. In the copy every
// layer whose batch normalisation left a record gives
//
//   x[c] · g[c] + o[c],   with g and o such that channel c has its recorded mean and deviation over all samples,
//
// which is put into the layer's weights; the next layer is fed with that. So extremes and channel means of the values
// in between, and of those behind the last record, are like those of real data.
#pragma once

#include "compiler/calibrate/samples.h"
#include "compiler/normalise/recorded_statistics.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// `graph` is normalised. The copy has its values' names. Errors are those of the samples and of evaluation.
Result<ir::Graph> match_record(const ir::Graph& graph, const SampleSource& samples, const RecordedStatistics& recorded,
                               std::size_t threads);

}  // namespace cortado::compiler
