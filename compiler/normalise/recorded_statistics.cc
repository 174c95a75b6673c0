#include "compiler/normalise/recorded_statistics.h"

#include <algorithm>

#include "compiler/normalise/normalise.h"
#include "ir/clone.h"

namespace cortado::compiler {
namespace {

bool has_batch_norm(const ir::Graph& graph) {
  return std::any_of(graph.nodes().begin(), graph.nodes().end(),
                     [](const auto& node) { return node->op.find("batch_norm") != std::string::npos; });
}

}  // namespace

Result<RecordedStatistics> recorded_statistics(const ir::Graph& imported) {
  if (!has_batch_norm(imported)) return RecordedStatistics();
  ir::Graph graph = ir::clone(imported);
  for (const NormalisePass& pass : normalise_passes()) {
    if (pass.name == "fold_batch_norm") return statistics_before_folding(graph);
    CORTADO_CHECK(pass.run(graph));
  }
  return RecordedStatistics();
}

}  // namespace cortado::compiler
