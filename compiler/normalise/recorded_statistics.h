// What batch normalisation recorded in training: the model itself tells how large its values are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Of each index along axis 1.
struct ChannelStatistics {
  std::vector<double> means, deviations;
};

// By the names that values have in the normalised graph: results of layers that batch normalisation is folded into.
using RecordedStatistics = std::map<std::string, ChannelStatistics>;

// Of an imported graph, which stays as it is. Normalises a copy; its errors are those of normalise().
Result<RecordedStatistics> recorded_statistics(const ir::Graph& imported);

// The same of a graph that is about to be given to fold_batch_norm().
RecordedStatistics statistics_before_folding(const ir::Graph& graph);

}  // namespace cortado::compiler
