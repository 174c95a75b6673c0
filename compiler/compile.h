// From an imported graph to the bytes of a .pte.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/options.h"
#include "compiler/pipeline.h"
#include "compiler/plan/plan.h"
#include "compiler/report.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

struct Compiled {
  ir::Graph graph;                  // lowered
  Plan plan;                        // where its values lie in the arena
  std::vector<std::uint8_t> bytes;  // the .pte
  Report report;
};

// `imported` as import_model() gives it. A graph that arrives quantized keeps its own parameters and needs no ranges;
// a float graph needs them: `ranges` is asked for them once the graph is normalised. With options.stop_after there is
// no plan and there are no bytes.
Result<Compiled> compile(ir::Graph imported, const RangesSource& ranges, const CompileOptions& options);

}  // namespace cortado::compiler
