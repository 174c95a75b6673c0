// The list of passes between an imported graph and a lowered one, in order, with the reason for each one's place.
//
//   imported -> (normalise passes) -> normalised -> (fold_qdq | calibrate, quantize) -> typed -> (lower passes) ->
//   lowered
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "compiler/calibrate/ranges.h"
#include "compiler/options.h"
#include "compiler/report.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Where the ranges of a float graph come from: samples or a file. Called by the pass "calibrate", which stands between
// the normalise passes and "quantize"; the graph is normalised.
using RangesSource = std::function<Result<Ranges>(const ir::Graph& normalised)>;

struct PassContext {
  const CompileOptions& options;
  Report& report;
  RangesSource ranges_source;    // may be empty: float graphs are then an input error
  std::optional<Ranges> ranges;  // of a float graph, from "calibrate" on
};

// Which graphs a pass applies to.
enum class Applies : std::uint8_t { always, quantized_graphs, float_graphs };

struct Pass {
  std::string_view name;    // the pass's file: "fuse_activations"
  std::string_view reason;  // why it is there, and why at this place
  Status (*run)(ir::Graph& graph, PassContext& context);
  Applies applies = Applies::always;
};

std::span<const Pass> pipeline();

// Whether the graph holds q/dq nodes, or operators of a program that is lowered already: its own parameters are kept.
bool arrives_quantized(const ir::Graph& graph);

// Runs the passes of `pipeline()` up to options.stop_after. An error names the pass when it is ours (Fault::internal).
Status run_pipeline(ir::Graph& graph, PassContext& context);

}  // namespace cortado::compiler
