#include "ops/host/selection.h"

#include "ops/int8_operands.h"
#include "ops/lowering.h"
#include "ops/wire_call.h"

namespace cortado::ops {
namespace {

bool share_parameters(const ir::Node& node) {
  const ir::Type* first = nullptr;
  bool shared = true;
  const auto compare = [&](const ir::Value& value) {
    if (!value.type.is_quantized()) {
      shared = shared && !is_float(value.type.dtype);
      return;
    }
    if (first == nullptr) first = &value.type;
    shared = shared && value.type.dtype == first->dtype && value.type.quantization == first->quantization &&
             value.type.quantization->is_per_tensor();
  };
  for (const ir::Value* input : ir::input_values(node)) compare(*input);
  for (const ir::Value* output : node.outputs) compare(*output);
  return shared;
}

// `number`, if any: the argument to be quantized.
Status call_on_integers(const Operands& operands, std::string_view number, Lowering& lowering) {
  const ir::Node& node = operands.node();
  const Definition* definition = registry().find(node.op);
  const WireOperator* wire = registry().find_wire(definition->float_kernel);
  if (wire == nullptr) return input_error("no kernel moves its elements");
  if (!share_parameters(node)) return input_error("its inputs and results do not share scale and zero point");
  CORTADO_TRY(auto arguments, wire_arguments(node, &definition->schema, *wire));
  for (ir::NamedArgument& argument : arguments)
    if (argument.name == number) argument.value = stored_number(operands.number(number), *node.outputs[0]->type.quantization);
  std::vector<ir::Type> types;
  for (const ir::Value* output : node.outputs) types.push_back(output->type);
  const ir::Node* call = lowering.emit(std::string(wire->name), std::move(arguments), std::move(types));
  for (std::size_t i = 0; i < node.outputs.size(); ++i) lowering.replace(*call->outputs[i], i);
  return {};
}

}  // namespace

Status lower_selection(const Operands& operands, Lowering& lowering) { return call_on_integers(operands, {}, lowering); }

Status lower_selection_with_number(const Operands& operands, std::string_view name, Lowering& lowering) {
  return call_on_integers(operands, name, lowering);
}

}  // namespace cortado::ops
