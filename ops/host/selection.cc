#include "ops/host/selection.h"

#include <algorithm>

#include "ops/host/rescale.h"
#include "ops/int8_operands.h"
#include "ops/lowering.h"
#include "ops/wire_call.h"

namespace cortado::ops {
namespace {

// The quantized tensors among the arguments, where every tensor is an integer.
Result<std::vector<ir::Value**>> quantized_tensors(std::vector<ir::NamedArgument>& arguments) {
  std::vector<ir::Value**> found;
  bool all_integers = true;
  const auto note = [&](ir::Value*& value) {
    if (value == nullptr) return;
    all_integers = all_integers && (!is_float(value->type.dtype) || value->type.is_quantized());
    if (value->type.is_quantized()) found.push_back(&value);
  };
  for (ir::NamedArgument& argument : arguments) {
    if (auto* one = std::get_if<ir::Value*>(&argument.value)) note(*one);
    if (auto* list = std::get_if<ir::ValueList>(&argument.value)) std::for_each(list->begin(), list->end(), note);
  }
  if (!all_integers) return input_error("its inputs and results are not all quantized");
  return found;
}

bool have_parameters(const ir::Value& value, const ir::Type& type) {
  return value.type.dtype == type.dtype && value.type.quantization == type.quantization &&
         value.type.quantization->is_per_tensor();
}

// To move integers is to move numbers where all stand for them in the same way, that of the first result that is a
// number, or of the first operand. Int8 operands are rescaled to it.
Status share_parameters(const ir::Node& node, std::vector<ir::NamedArgument>& arguments, Lowering& lowering) {
  CORTADO_TRY(const std::vector<ir::Value**> operands, quantized_tensors(arguments));
  const ir::Value* result = nullptr;
  bool shared = true;
  for (const ir::Value* output : node.outputs) {
    if (!output->type.is_quantized()) {
      shared = shared && !is_float(output->type.dtype);
      continue;
    }
    if (result == nullptr) result = output;
    shared = shared && have_parameters(*output, result->type);
  }
  const ir::Type wanted = result != nullptr ? result->type : operands.empty() ? ir::Type{} : (*operands[0])->type;
  const auto fits = [&](ir::Value** operand) {
    return have_parameters(**operand, wanted) || (is_int8(result) && is_int8(*operand));
  };
  if (!shared || !std::all_of(operands.begin(), operands.end(), fits))
    return input_error("its inputs and results do not share scale and zero point");
  for (ir::Value** operand : operands)
    if (!have_parameters(**operand, wanted)) *operand = rescaled(lowering, *operand, *wanted.quantization);
  return {};
}

// `number`, if any: the argument to be quantized.
Status call_on_integers(const Operands& operands, std::string_view number, Lowering& lowering) {
  const ir::Node& node = operands.node();
  const Definition* definition = registry().find(node.op);
  const WireOperator* wire = registry().find_wire(definition->float_kernel);
  if (wire == nullptr) return input_error("no kernel moves its elements");
  CORTADO_TRY(auto arguments, wire_arguments(node, &definition->schema, *wire));
  CORTADO_CHECK(share_parameters(node, arguments, lowering));
  for (ir::NamedArgument& argument : arguments)
    if (argument.name == number)
      argument.value = stored_number(operands.number(number), *node.outputs[0]->type.quantization);
  std::vector<ir::Type> types;
  for (const ir::Value* output : node.outputs) types.push_back(output->type);
  const ir::Node* call = lowering.emit(std::string(wire->name), std::move(arguments), std::move(types));
  for (std::size_t i = 0; i < node.outputs.size(); ++i) lowering.replace(*call->outputs[i], i);
  return {};
}

}  // namespace

Status lower_selection(const Operands& operands, Lowering& lowering) {
  return call_on_integers(operands, {}, lowering);
}

Status lower_selection_with_number(const Operands& operands, std::string_view name, Lowering& lowering) {
  return call_on_integers(operands, name, lowering);
}

}  // namespace cortado::ops
