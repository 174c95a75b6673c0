// Rewritings that many operators share. Host.
#pragma once

#include "ops/host/build.h"
#include "ops/rewriter.h"

namespace cortado::ops {

using Rewrite = Status (*)(const Operands&, Rewriter&);
inline Definition rewritten(Definition definition, Rewrite rewrite) {
  definition.rewrite = rewrite;
  return definition;
}
// For operators whose meaning is their rewriting.
inline Definition composed(Definition definition, Rewrite rewrite) {
  definition.rewrite = rewrite;
  definition.evaluate = evaluate_rewritten;
  return definition;
}

// The same, from its name, parameters and summary: shapes come from the rewriting, too, which finishes every node.
template <std::size_t outputs = 1>
Definition composition(std::string_view op, std::string_view parameters, std::string_view summary, Rewrite rewrite) {
  return composed({.op = op,
                   .schema = schema(parameters),
                   .summary = summary,
                   .infer = [](const Operands& operands) -> Types { return infer_rewritten(operands, outputs); },
                   .quantization = in_float("it is spelled out before quantization")},
                  rewrite);
}

// y = x, the first argument, where types agree; other outputs must be unused.
Status to_first_argument(const Operands& operands, Rewriter& rewriter);
// view.default of the first argument.
Status to_view(const Operands& operands, Rewriter& rewriter);
// permute.default of the first argument, by Definition::permutation; view.default where only sizes of 1 move.
Status to_permute(const Operands& operands, Rewriter& rewriter);

// The same arguments for an operator of the same parameters and another name.
template <const std::string_view& op>
Status renamed(const Operands& operands, Rewriter& rewriter) {
  std::vector<ir::NamedArgument> arguments;
  for (const Parameter& parameter : registry().find(op)->schema)
    if (const ir::Argument* given = operands.node().find(parameter.name))
      arguments.push_back({std::string(parameter.name), *given});
  CORTADO_TRY(ir::Node* node, rewriter.add_node(std::string(op), std::move(arguments)));
  return rewriter.finish(node->outputs);
}

}  // namespace cortado::ops
