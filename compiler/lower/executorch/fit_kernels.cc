#include "compiler/lower/executorch/fit_kernels.h"

#include "compiler/lower/executorch/broadcast.h"
#include "compiler/lower/executorch/operands.h"
#include "compiler/lower/executorch/softmax.h"
#include "compiler/lower/executorch/transpose.h"
#include "ops/add/contract.h"
#include "ops/div/contract.h"
#include "ops/mul/contract.h"
#include "ops/softmax/contract.h"
#include "ops/strided_views/contract.h"

namespace cortado::compiler {
namespace {

// Of aten:: functions of two tensors: operands of lower rank have the order of the result.
void fit_orders(ir::Graph& graph, ir::Node& call) {
  const ir::Type& result = call.outputs[0]->type;
  if (result.dim_order != ir::channels_last_order || !call.op.starts_with("aten::")) return;
  for (const char* name : {"self", "other"}) {
    const ir::Argument* self = call.find("self");
    const ir::Argument* argument = call.find(name);
    if (argument == nullptr || call.find("other") == nullptr || !std::holds_alternative<ir::Value*>(*self) ||
        !std::holds_alternative<ir::Value*>(*argument))
      return;
    ir::Value* value = std::get<ir::Value*>(*argument);
    if (value->type.shape.size() < result.shape.size()) graph.set_argument(call, name, aligned(graph, call, *value, result));
  }
}

void fit(ir::Graph& graph, ir::Node& call) {
  if (call.op == ops::QuantizedAddArgs::name || call.op == ops::QuantizedMulArgs::name || call.op == ops::QuantizedDivArgs::name)
    return fit_broadcast(graph, call);
  if (call.op == ops::TransposeArgs::name) return fit_transpose(graph, call);
  if (call.op == ops::SoftmaxArgs::name) return fit_softmax(graph, call);
  fit_orders(graph, call);
}

}  // namespace

Status fit_kernels(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) fit(graph, *node);
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
