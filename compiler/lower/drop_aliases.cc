#include "compiler/lower/drop_aliases.h"

#include "compiler/lower/layout/orders.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

bool same_form(const ir::Type& a, const ir::Type& b) {
  return a.dtype == b.dtype && a.shape == b.shape && a.full_dim_order() == b.full_dim_order();
}

// The constant's bytes under the alias's type.
ir::Value* constant_of(ir::Graph& graph, const ir::Value& source, const ir::Value& alias) {
  const ir::Tensor physical = ir::to_physical(source.data, source.type.dim_order);
  ir::Value* constant =
      graph.add_constant(alias.name, ir::to_logical(physical.reshaped(memory_shape(alias.type)), alias.type.dim_order),
                         source.source_name);
  constant->type.dim_order = alias.type.dim_order;
  constant->type.quantization = alias.type.quantization;
  return constant;
}

}  // namespace

Status drop_aliases(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!ops::is_alias(*node)) continue;
    ir::Value* source = ops::alias_source(*node);
    ir::Value* alias = node->outputs[0];
    if (same_form(source->type, alias->type))
      graph.replace_uses(*alias, *source);
    else if (source->kind == ir::ValueKind::constant)
      graph.replace_uses(*alias, *constant_of(graph, *source, *alias));
    else
      continue;
    graph.erase(*node);
  }
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
