#include "compiler/lower/executorch/fit_kernels.h"

#include <cmath>

#include "compiler/lower/executorch/broadcast.h"
#include "compiler/lower/executorch/operands.h"
#include "compiler/lower/executorch/softmax.h"
#include "compiler/lower/executorch/transpose.h"
#include "ops/add/contract.h"
#include "ops/div/contract.h"
#include "ops/mul/contract.h"
#include "ops/remaps/contract.h"
#include "ops/softmax/contract.h"
#include "ops/strided_views/contract.h"

namespace cortado::compiler {
namespace {

// Of aten:: functions of two tensors: operands of lower rank have the order of the result.
void fit_orders(ir::Graph& graph, ir::Node& call) {
  const ir::Type& result = call.outputs[0]->type;
  if (result.dim_order != ir::channels_last_order || !call.op.starts_with("aten::")) return;
  for (const char* name : {"self", "other"})
    if (call.find(name) == nullptr || !std::holds_alternative<ir::Value*>(*call.find(name))) return;
  for (const char* name : {"self", "other"}) {
    ir::Value& value = *std::get<ir::Value*>(*call.find(name));
    if (value.type.shape.size() < result.shape.size())
      graph.set_argument(call, name, aligned(graph, call, value, result));
  }
}

// Of functions that read logical order only (reflections refuse another, replications do not look).
void fit_contiguous(ir::Graph& graph, ir::Node& call) {
  ir::Value& result = *call.outputs[0];
  if (result.type.dim_order.empty()) return;
  ir::Type type = result.type;
  type.dim_order.clear();
  std::vector<ir::NamedArgument> arguments = call.arguments;
  ir::for_each_value(arguments[0].value, [&](ir::Value*& value) { value = aligned(graph, call, *value, type); });
  ir::Value* made = graph.insert(&call, call.op, call.name, std::move(arguments), {type}, call.source)->outputs[0];
  graph.replace_uses(result, *aligned(graph, call, *made, result.type));
  graph.erase(call);
}

// Of sums of integers: the factor is an integer, too.
void fit_factor(ir::Graph& graph, ir::Node& call) {
  const ir::Argument* alpha = call.find("alpha");
  const double* number = alpha != nullptr ? std::get_if<double>(alpha) : nullptr;
  if (number == nullptr || is_float(call.outputs[0]->type.dtype) || *number != std::trunc(*number) ||
      std::abs(*number) > 0x1p31)
    return;
  graph.set_argument(call, "alpha", static_cast<std::int64_t>(*number));
}

void fit(ir::Graph& graph, ir::Node& call) {
  if (call.op == ops::QuantizedAddArgs::name || call.op == ops::QuantizedMulArgs::name ||
      call.op == ops::QuantizedDivArgs::name)
    return fit_broadcast(graph, call);
  if (call.op == ops::TransposeArgs::name) return fit_transpose(graph, call);
  if (call.op == ops::SoftmaxArgs::name) return fit_softmax(graph, call);
  if (call.op == ops::Reflection2d::name || call.op == ops::Replication2d::name) return fit_contiguous(graph, call);
  fit_factor(graph, call);
  fit_orders(graph, call);
}

}  // namespace

Status fit_kernels(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) fit(graph, *node);
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
