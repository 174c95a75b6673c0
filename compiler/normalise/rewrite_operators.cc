// Every operator that has a more usual way to say the same (Definition::rewrite) is said that way, until all are.
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"
#include "ops/infer.h"

namespace cortado::compiler {

Status rewrite_operators(ir::Graph& graph) {
  // What a rewriting makes may have a rewriting: attention makes matmul, matmul makes bmm.
  constexpr int most_rounds = 16;
  for (int round = 0; round < most_rounds; ++round) {
    bool changed = false;
    for (ir::Node* node : graph.snapshot()) {
      const ops::Definition* definition = ops::registry().find(node->op);
      if (definition == nullptr || definition->rewrite == nullptr) continue;
      CORTADO_CHECK(ops::infer_types(*definition, *node));  // the operator's constraints hold
      Rewriter rewriter(graph, *node);
      if (Status status = definition->rewrite(operands_of(*node), rewriter); !status) {
        Diagnostic error = std::move(status).error();
        return error.message.starts_with("node '") ? error
                                                   : ops::at_node(std::move(error), *node);  // what it adds is named
      }
      changed = changed || rewriter.is_finished();
    }
    graph.remove_dead();
    if (!changed) return {};
  }
  return internal_error("rewriting operators does not come to an end");
}

}  // namespace cortado::compiler
