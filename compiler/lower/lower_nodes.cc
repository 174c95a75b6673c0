#include "compiler/lower/lower_nodes.h"

#include <algorithm>

#include "compiler/fold_qdq/parameters.h"
#include "compiler/lower/layout/orders.h"
#include "compiler/lower/wire_call.h"
#include "ops/affine.h"
#include "ops/alias/alias.h"
#include "ops/infer.h"
#include "ops/rewriter.h"

namespace cortado::compiler {
namespace {

bool any_real(const ir::Node& node) {
  const auto real = [](const ir::Value* value) { return is_float(value->type.dtype); };
  const auto inputs = ir::input_values(node);
  return std::any_of(inputs.begin(), inputs.end(), real) || std::any_of(node.outputs.begin(), node.outputs.end(), real);
}

// Errors of what a rewriting adds name their node already.
Diagnostic named(Diagnostic error, const ir::Node& node) {
  return error.message.starts_with("node '") ? error : ops::at_node(std::move(error), node);
}

class Lowerer {
 public:
  Lowerer(ir::Graph& graph, const CompileOptions& options, Report& report)
      : graph_(graph), target_(options.target), report_(report) {
    target_.has_cortado_operators = options.dialect == Dialect::cortado;
  }

  Status run() {
    for (ir::Node* node : graph_.snapshot()) CORTADO_CHECK(lower(*node));
    graph_.remove_dead();
    return {};
  }

 private:
  Status lower(ir::Node& node) {
    if (ops::is_alias(node) || ops::registry().find_wire(node.op) != nullptr) return {};
    const ops::Definition* definition = ops::registry().find(node.op);
    if (definition == nullptr) return call_as_it_came(node);
    if (is_alias_form(node, *definition)) return to_alias(node);
    if (!any_quantized(node)) return to_float(node, *definition, float_reason(*definition));
    if (definition->lower == nullptr) return around_float(node, *definition, input_error("it has no integer form"));
    ops::Lowering lowering(graph_, node, target_);
    if (Status status = definition->lower(ops::Operands(node, definition->schema), lowering); !status)
      return around_float(node, *definition, std::move(status).error());
    return finish(node);
  }

  static bool is_alias_form(const ir::Node& node, const ops::Definition& definition) {
    if (definition.reshapes) return true;
    return definition.permutation != nullptr &&
           permutation_is_free(node, ir::input_values(node).front()->type.dim_order, node.outputs[0]->type.dim_order);
  }

  Status to_alias(ir::Node& node) {
    ir::Node* alias =
        ops::insert_alias(graph_, &node, node.name, ir::input_values(node).front(), node.outputs[0]->type, node.source);
    graph_.replace_uses(*node.outputs[0], *alias->outputs[0]);
    return finish(node);
  }

  // Operators that the model holds in the form of the wire already.
  Status call_as_it_came(ir::Node& node) {
    const ops::WireOperator* wire = wire_of_overload(node.op);
    if (wire == nullptr) return ops::find_definition(node).error();
    CORTADO_CHECK(replaced(replace_by_call(graph_, node, nullptr, *wire)));
    return finish(node);
  }

  Status to_float(ir::Node& node, const ops::Definition& definition, std::string reason) {
    const ops::WireOperator* wire = ops::registry().find_wire(definition.float_kernel);
    if (wire == nullptr && definition.float_form != nullptr) return by_float_form(node, definition, std::move(reason));
    if (wire == nullptr)
      return ops::at_node(input_error(reason + ", and there is no kernel that computes it in float",
                                      "quantize the operators around it, or replace it in the model"),
                          node);
    if (any_real(node)) note(node, std::move(reason));
    if (definition.lower_float != nullptr) {
      ops::Lowering lowering(graph_, node, target_);
      Status status = definition.lower_float(ops::Operands(node, definition.schema), lowering);
      return status ? finish(node) : ops::at_node(std::move(status).error(), node);
    }
    CORTADO_CHECK(replaced(replace_by_call(graph_, node, &definition.schema, *wire)));
    return finish(node);
  }

  // The node in other operators, which are lowered in its place. It is listed as one.
  Status by_float_form(ir::Node& node, const ops::Definition& definition, std::string reason) {
    const auto& nodes = graph_.nodes();
    const auto position =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& entry) { return entry.get() == &node; });
    const bool is_first = position == nodes.begin();
    const auto before = is_first ? nodes.end() : std::prev(position), after = std::next(position);
    const ir::Type type = node.outputs[0]->type;
    if (any_real(node)) note(node, std::move(reason));
    ops::Rewriter rewriter(graph_, node);
    if (Status status = definition.float_form(ops::Operands(node, definition.schema), rewriter); !status)
      return named(std::move(status).error(), node);
    if (!rewriter.is_finished()) return ops::at_node(input_error("there is no kernel that computes it in float"), node);
    std::vector<ir::Node*> made;
    for (auto next = is_first ? nodes.begin() : std::next(before); next != after; ++next) made.push_back(next->get());
    for (ir::Node* step : made)
      for (ir::Value* value : step->outputs)
        if (value->type.shape == type.shape) value->type.dim_order = type.dim_order;
    const bool is_listed = listing_;
    listing_ = false;
    for (ir::Node* step : made) CORTADO_CHECK(lower(*step));
    listing_ = is_listed;
    return {};
  }

  // The operator computes on reals between dequantize and quantize.
  Status around_float(ir::Node& node, const ops::Definition& definition, Diagnostic declined) {
    const bool has_float =
        ops::registry().find_wire(definition.float_kernel) != nullptr || definition.float_form != nullptr;
    if (declined.fault != Fault::input || !has_float || definition.takes_stored_integers)
      return ops::at_node(std::move(declined), node);
    std::vector<ir::NamedArgument> arguments = node.arguments;
    std::vector<ir::Node*> borders;
    for (ir::NamedArgument& argument : arguments)
      ir::for_each_value(argument.value, [&](ir::Value*& value) {
        if (value->type.is_quantized()) value = reals_of(*value, node, borders);
      });
    graph_.replace_arguments(node, std::move(arguments));
    for (ir::Value* output : node.outputs)
      if (output->type.is_quantized()) borders.push_back(quantize_result(node, *output));
    for (ir::Node* border : borders) CORTADO_CHECK(lower(*border));
    return to_float(node, definition, declined.message);
  }

  ir::Value* reals_of(ir::Value& value, const ir::Node& node, std::vector<ir::Node*>& borders) {
    if (value.kind == ir::ValueKind::constant) {
      ir::Value* reals =
          graph_.add_constant(value.name, ops::dequantized(value.data, *value.type.quantization), value.source_name);
      reals->type.dim_order = value.type.dim_order;
      return reals;
    }
    ir::Value* reals = insert_dequantize(graph_, &node, value);
    borders.push_back(reals->producer);
    return reals;
  }

  ir::Node* quantize_result(const ir::Node& node, ir::Value& output) {
    const QdqParameters parameters{output.type.dtype, *output.type.quantization};
    const auto& nodes = graph_.nodes();
    auto after = std::find_if(nodes.begin(), nodes.end(), [&](const auto& entry) { return entry.get() == &node; });
    ++after;
    output.type.dtype = DType::f32;
    output.type.quantization.reset();
    ir::Value* integers = insert_quantize(graph_, after == nodes.end() ? nullptr : after->get(), output, parameters);
    graph_.replace_uses(output, *integers);
    graph_.set_argument(*integers->producer, "input", &output);
    return integers->producer;
  }

  static std::string float_reason(const ops::Definition& definition) {
    const std::string_view reason = definition.quantization.float_reason;
    return reason.empty() ? "the model leaves it in float" : std::string(reason);
  }

  void note(const ir::Node& node, std::string reason) {
    if (!listing_) return;
    for (const FloatOperator& known : report_.float_operators)
      if (known.node == node.name) return;
    const auto chosen = report_.float_reasons.find(node.name);
    if (chosen != report_.float_reasons.end()) reason = chosen->second;
    report_.float_operators.push_back({node.name, node.op, std::move(reason), node.source.text(),
                                       node.outputs.empty() ? 0 : node.outputs[0]->type.elements(),
                                       node.source.module});
  }

  static Status replaced(Result<ir::Node*> call) {
    if (!call) return std::move(call).error();
    return {};
  }

  Status finish(ir::Node& node) {
    for (const ir::Value* output : node.outputs)
      if (graph_.use_count(*output) != 0)
        return ops::at_node(internal_error("its result '" + output->name + "' was not replaced"), node);
    graph_.erase(node);
    return {};
  }

  ir::Graph& graph_;
  ops::Target target_;
  Report& report_;
  bool listing_ = true;  // false while a listed node's float form is lowered
};

}  // namespace

Status lower_nodes(ir::Graph& graph, const CompileOptions& options, Report& report) {
  return Lowerer(graph, options, report).run();
}

}  // namespace cortado::compiler
