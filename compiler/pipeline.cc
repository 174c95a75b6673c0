#include "compiler/pipeline.h"

#include <algorithm>

#include "compiler/fold_qdq/compare_stored.h"
#include "compiler/fold_qdq/decompose_hardswish.h"
#include "compiler/fold_qdq/fold_constants.h"
#include "compiler/fold_qdq/fold_qdq.h"
#include "compiler/fold_qdq/parameters.h"
#include "compiler/lower/assign_layout.h"
#include "compiler/lower/check_calls.h"
#include "compiler/lower/drop_aliases.h"
#include "compiler/lower/executorch/fit_kernels.h"
#include "compiler/lower/explicit_layout.h"
#include "compiler/lower/fuse_activations.h"
#include "compiler/lower/lower_nodes.h"
#include "compiler/lower/wire_call.h"
#include "compiler/normalise/check_weights.h"
#include "compiler/normalise/normalise.h"
#include "compiler/optimise/drop_channels.h"
#include "compiler/optimise/form_streams.h"
#include "compiler/optimise/macs.h"
#include "compiler/quantize/quantize.h"

namespace cortado::compiler {
namespace {

template <Status (*pass)(ir::Graph&)>
Status plain(ir::Graph& graph, PassContext&) {
  return pass(graph);
}

Status measure_ranges(ir::Graph& graph, PassContext& context) {
  if (!context.ranges_source)
    return input_error("the model is in float and there are no ranges to quantize it by",
                       "give calibration samples or a ranges file");
  CORTADO_TRY(context.ranges, context.ranges_source(graph));
  return {};
}

Status quantize_by_ranges(ir::Graph& graph, PassContext& context) {
  const CompileOptions& options = context.options;
  CORTADO_TRY(context.report.float_reasons,
              quantize(graph, *context.ranges, {options.io, options.io_by_name, options.keep_float}));
  return {};
}

Status leave_channels_out(ir::Graph& graph, PassContext& context) {
  Work& work = context.report.work;
  work.macs = work.macs_before = int8_macs(graph);
  if (context.options.dialect != Dialect::cortado) return {};
  CORTADO_TRY(work.channels_dropped, drop_channels(graph));
  work.macs = int8_macs(graph);
  return {};
}

constexpr Pass passes[] = {
    {"check_weights", "NaN spreads to all that is computed from it: here it still has its parameter's name",
     plain<check_weights>},
    {"normalise", "one way to say a thing: every later pass knows the canonical form only", plain<normalise>},
    {"calibrate", "ranges belong to the values of the normalised graph", measure_ranges, Applies::float_graphs},
    {"quantize", "from ranges to the typed graph", quantize_by_ranges, Applies::float_graphs},
    {"quantize_constants", "weights kept in float32 behind quantize nodes must be integers before operators fold",
     plain<quantize_constants>, Applies::quantized_graphs},
    {"fold_qdq", "the graph's own parameters move from q/dq nodes to the values: the typed graph", plain<fold_qdq>,
     Applies::quantized_graphs},
    {"dequantize_constants", "operators that did not fold take their constants in reals, without work at run time",
     plain<dequantize_constants>, Applies::quantized_graphs},
    {"compare_stored",
     "the reference's comparisons with numbers, where the graph was quantized for them; folding has brought the "
     "integers",
     plain<compare_stored>, Applies::quantized_graphs},
    {"fuse_activations",
     "an operator can clamp as it requantizes; both ways in have left such pairs in the typed graph",
     plain<fuse_activations>},
    {"decompose_hardswish",
     "the reference's two operators, where the graph was quantized for them; the clamp before it is fused by now",
     plain<decompose_hardswish>, Applies::quantized_graphs},
    {"assign_layout", "lowering writes the layouts into the operators' arguments, so they must be known before it",
     [](ir::Graph& graph, PassContext& context) {
       const CompileOptions& options = context.options;
       return assign_layout(
           graph, {.contiguous_ports = options.explicit_layout, .native = options.dialect == Dialect::cortado});
     }},
    {"lower_nodes", "the typed graph becomes operators of the wire; what has none is refused here",
     [](ir::Graph& graph, PassContext& context) { return lower_nodes(graph, context.options, context.report); }},
    {"fit_kernels",
     "not of the native dialect, nor of explicit layout; ExecuTorch's kernels take less than ours, and each call's "
     "operands are known now",
     [](ir::Graph& graph, PassContext& context) {
       const CompileOptions& options = context.options;
       return options.dialect == Dialect::cortado || options.explicit_layout ? Status() : fit_kernels(graph);
     }},
    {"drop_aliases", "with the parameters gone, most aliases only repeat their source", plain<drop_aliases>},
    {"explicit_layout", "on request; late, because the operators of the wire have the _nhwc forms",
     [](ir::Graph& graph, PassContext& context) {
       return context.options.explicit_layout ? explicit_layout(graph) : Status();
     }},
    {"drop_channels",
     "of the native dialect, whose calls need not be the reference's; what kernels make of numbers is known now, bit "
     "by bit",
     leave_channels_out},
    {"check_calls",
     "every call is final now; what a kernel would refuse when the program is loaded is refused here, with the user's "
     "line",
     plain<check_calls>},
    {"form_streams", "of the native dialect; last, because streams are made of the operators of the wire",
     [](ir::Graph& graph, PassContext& context) {
       const bool native = context.options.dialect == Dialect::cortado;
       return native ? form_streams(graph, context.options) : Status();
     }},
};

Status run_pass(const Pass& pass, ir::Graph& graph, PassContext& context) {
  Status status = pass.run(graph, context);
  if (!status && status.error().fault == Fault::internal)
    return std::move(status).error().in("pass " + std::string(pass.name));
  if (status && context.options.observe) context.options.observe(pass.name, graph);
  return status;
}

}  // namespace

std::span<const Pass> pipeline() { return passes; }

bool arrives_quantized(const ir::Graph& graph) {
  return std::any_of(graph.nodes().begin(), graph.nodes().end(), [](const auto& node) {
    return qdq_kind(*node) != QdqKind::none ||
           (ops::registry().find(node->op) == nullptr && wire_of_overload(node->op) != nullptr);
  });
}

Status run_pipeline(ir::Graph& graph, PassContext& context) {
  if (context.options.observe) context.options.observe("import", graph);
  const bool quantized = arrives_quantized(graph);
  for (const Pass& pass : pipeline()) {
    if (pass.applies == Applies::always || (pass.applies == Applies::quantized_graphs) == quantized)
      CORTADO_CHECK(run_pass(pass, graph, context));
    if (pass.name == context.options.stop_after) break;
  }
  return {};
}

}  // namespace cortado::compiler
