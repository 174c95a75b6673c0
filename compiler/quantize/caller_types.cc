#include "compiler/quantize/caller_types.h"

#include <fmt/format.h>

#include <algorithm>

#include "ops/affine.h"

namespace cortado::compiler {
namespace {

Result<Io> io_of(const QuantizeOptions& options, const std::string& name, const ir::Type& type) {
  const auto own = options.io_by_name.find(name);
  const Io io = own != options.io_by_name.end() ? own->second : options.io;
  const bool is_numeric = type.is_quantized() || type.dtype == DType::f32;
  if (io == Io::uint8 && is_numeric)
    return usage_error(fmt::format("'{}': uint8 is not supported yet", name), "use int8");
  if (own != options.io_by_name.end() && io != Io::float32 && !is_numeric)
    return usage_error(fmt::format("'{}' is {}, it cannot be quantized", name, cortado::name(type.dtype)));
  return is_numeric ? io : Io::float32;
}

Status check_names(const ir::Graph& graph, const QuantizeOptions& options) {
  for (const auto& [name, io] : options.io_by_name) {
    const auto is_input = [&](const ir::Value* input) { return input->name == name; };
    const auto is_output = [&](const ir::Output& output) { return output.name == name; };
    if (std::any_of(graph.inputs.begin(), graph.inputs.end(), is_input) ||
        std::any_of(graph.outputs().begin(), graph.outputs().end(), is_output))
      continue;
    return usage_error(fmt::format("the model has no input or output '{}'", name),
                       "'cortado inspect MODEL' lists them");
  }
  return {};
}

}  // namespace

Status type_inputs(ir::Graph& graph, const QuantizeOptions& options, const GroupParameters& parameters) {
  CORTADO_CHECK(check_names(graph, options));
  for (ir::Value* input : graph.inputs) {
    CORTADO_TRY(const Io io, io_of(options, input->name, input->type));
    if (io == Io::float32) continue;
    CORTADO_TRY(input->type.quantization, parameters.of(*input));
    input->type.dtype = DType::i8;
  }
  return {};
}

Status type_states(ir::Graph& graph, const Int8Nodes& nodes, const GroupParameters& parameters) {
  for (const ir::Mutation& mutation : graph.mutations()) {
    ir::Value* state = mutation.target;
    const ir::Node* writer = mutation.value->producer;
    if (state->kind != ir::ValueKind::state || state->type.dtype != DType::f32) continue;
    if (writer == nullptr || !nodes.contains(*writer) || mutation.value->type.dtype != DType::f32) continue;
    CORTADO_TRY(state->type.quantization, parameters.of(*state));
    state->type.dtype = DType::i8;
    state->data = ops::quantized(state->data, *state->type.quantization, DType::i8);
  }
  return {};
}

Status type_outputs(ir::Graph& graph, const QuantizeOptions& options, const GroupParameters& parameters,
                    Borders& borders) {
  for (std::size_t i = 0; i < graph.outputs().size(); ++i) {
    const ir::Output output = graph.outputs()[i];
    CORTADO_TRY(const Io io, io_of(options, output.name, output.value->type));
    if (io == Io::float32) {
      graph.set_output(i, *borders.real(*output.value, nullptr));
    } else if (!output.value->type.is_quantized()) {
      CORTADO_TRY(const ir::Quantization quantization, parameters.of(*output.value));
      graph.set_output(i, *borders.quantized(*output.value, quantization, nullptr));
    }
  }
  for (std::size_t i = 0; i < graph.mutations().size(); ++i) {
    const ir::Mutation mutation = graph.mutations()[i];
    const auto& wanted = mutation.target->type.quantization;
    graph.set_mutation(
        i, wanted ? *borders.quantized(*mutation.value, *wanted, nullptr) : *borders.real(*mutation.value, nullptr));
  }
  return {};
}

}  // namespace cortado::compiler
