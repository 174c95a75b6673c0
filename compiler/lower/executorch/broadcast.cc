#include "compiler/lower/executorch/broadcast.h"

#include <algorithm>

#include "compiler/lower/executorch/operands.h"
#include "compiler/lower/layout/orders.h"
#include "ops/add/contract.h"
#include "ops/alias/alias.h"
#include "ops/div/contract.h"
#include "ops/mul/contract.h"
#include "ops/strided_views/contract.h"

namespace cortado::compiler {
namespace {

bool takes_channels(const ir::Node& call) { return call.op != ops::QuantizedDivArgs::name; }

// One value a channel, channels innermost: what add and mul compute in ExecuTorch.
bool is_channel_form(const ir::Type& a, const ir::Type& b) {
  if (a.shape.size() != 4 || b.shape.size() != 4 || a.shape[1] != b.shape[1]) return false;
  const ir::Type& larger = a.elements() >= b.elements() ? a : b;
  const ir::Type& smaller = &larger == &a ? b : a;
  const bool is_innermost =
      larger.full_dim_order() == ir::channels_last_order || larger.shape[2] * larger.shape[3] == 1;
  return is_innermost && smaller.elements() == smaller.shape[1];
}

// Whether an operand of the shape `part` repeats along the outer dimensions of `whole` only.
bool is_tail(const ir::Shape& part, const ir::Shape& whole) {
  const auto first = std::find_if(part.begin(), part.end(), [](std::int64_t size) { return size != 1; });
  return std::equal(first, part.end(), whole.end() - (part.end() - first));
}

class Broadcast {
 public:
  Broadcast(ir::Graph& graph, ir::Node& call)
      : graph_(graph), call_(call), result_(*call.outputs[0]), whole_(memory_shape(result_.type)) {}

  void run() {
    ir::Value* a = aligned(graph_, call_, operand("self"), result_.type);
    ir::Value* b = aligned(graph_, call_, operand("other"), result_.type);
    const ir::Shape a_shape = memory_shape(a->type), b_shape = memory_shape(b->type);
    if (takes_channels(call_) && a_shape == whole_ && is_tail(b_shape, whole_))
      by_channels(*a, *b, b->type.elements());
    else if (takes_channels(call_) && b_shape == whole_ && is_tail(a_shape, whole_))
      by_channels(*a, *b, a->type.elements());
    else
      finish(*expanded(*a), *expanded(*b), whole_);
  }

 private:
  ir::Value& operand(std::string_view name) const { return *std::get<ir::Value*>(*call_.find(name)); }

  void by_channels(ir::Value& a, ir::Value& b, std::int64_t channels) {
    const auto view = [&](ir::Value& value) {
      return viewed(graph_, call_, value, {value.type.elements() / channels, channels, 1, 1});
    };
    finish(*view(a), *view(b), {result_.type.elements() / channels, channels, 1, 1});
  }

  ir::Value* expanded(ir::Value& value) {
    ir::Value* view = viewed(graph_, call_, value, memory_shape(value.type));
    if (view->type.shape == whole_) return view;
    ir::Type type = view->type;
    type.shape = whole_;
    return graph_
        .insert(&call_, ops::ExpandCopyArgs::name, value.name + "_expanded",
                {{"self", view}, {"size", whole_}, {"implicit", false}}, {std::move(type)}, call_.source)
        ->outputs[0];
  }

  void finish(ir::Value& a, ir::Value& b, ir::Shape shape) {
    std::vector<ir::NamedArgument> arguments = call_.arguments;
    for (ir::NamedArgument& argument : arguments)
      if (argument.name == "self" || argument.name == "other") argument.value = argument.name == "self" ? &a : &b;
    ir::Type type = result_.type;
    type.shape = std::move(shape);
    type.dim_order.clear();
    ir::Value* computed =
        graph_.insert(&call_, call_.op, call_.name, std::move(arguments), {std::move(type)}, call_.source)->outputs[0];
    graph_.replace_uses(
        result_, *ops::insert_alias(graph_, &call_, call_.name, computed, result_.type, call_.source)->outputs[0]);
    graph_.erase(call_);
  }

  ir::Graph& graph_;
  ir::Node& call_;
  ir::Value& result_;
  const ir::Shape whole_;
};

}  // namespace

void fit_broadcast(ir::Graph& graph, ir::Node& call) {
  const ir::Type& a = std::get<ir::Value*>(*call.find("self"))->type;
  const ir::Type& b = std::get<ir::Value*>(*call.find("other"))->type;
  if (a.shape == b.shape || call.outputs[0]->type.elements() == 0 || (takes_channels(call) && is_channel_form(a, b)))
    return;
  Broadcast(graph, call).run();
}

}  // namespace cortado::compiler
