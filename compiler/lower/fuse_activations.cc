#include "compiler/lower/fuse_activations.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "compiler/lower/quantized_bounds.h"
#include "ops/alias/alias.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

// The form of an activation that can be fused into the producer of its input; nullopt for every other node.
std::optional<ops::ClampForm> fusable_form(const ir::Graph& graph, const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || !definition->quantization.fuses_into_producer || definition->clamp_form == nullptr)
    return std::nullopt;
  const ir::Value* input = ir::input_values(node).front();
  if (input->type.is_quantized() || input->producer == nullptr || !node.outputs[0]->type.is_quantized())
    return std::nullopt;
  const ops::Definition* producer = ops::registry().find(input->producer->op);
  if (producer == nullptr || !producer->quantization.accepts_activation || graph.use_count(*input) != 1)
    return std::nullopt;
  return definition->clamp_form(ops::Operands(node, definition->schema));
}

// The parameters with which integers of `quantization` read as the x of y = clamp(x / divisor + offset, low, high).
ir::Quantization before_slope(const ops::ClampForm& form, ir::Quantization quantization) {
  const double zero_point = quantization.zero_point[0] + std::nearbyint(form.offset / quantization.scale[0]);
  quantization.zero_point[0] = static_cast<std::int32_t>(
      std::clamp(zero_point, static_cast<double>(quantization.quant_min), static_cast<double>(quantization.quant_max)));
  quantization.scale[0] *= form.divisor;
  return quantization;
}

void fuse(ir::Graph& graph, ir::Node& activation, const ops::ClampForm& form) {
  ir::Value* produced = ir::input_values(activation).front();
  const ir::Type& result = activation.outputs[0]->type;
  const ir::Quantization limits = narrowed(form, *result.quantization);
  produced->type.dtype = result.dtype;
  if (form.divisor == 1 && form.offset == 0) {
    produced->type.quantization = limits;
    graph.replace_uses(*activation.outputs[0], *produced);
  } else {
    ir::Quantization scaled = before_slope(form, *result.quantization);
    scaled.quant_min = limits.quant_min;
    scaled.quant_max = limits.quant_max;
    produced->type.quantization = std::move(scaled);
    ir::Node* alias = ops::insert_alias(graph, &activation, activation.name, produced, result, activation.source);
    graph.replace_uses(*activation.outputs[0], *alias->outputs[0]);
  }
  graph.erase(activation);
}

}  // namespace

Status fuse_activations(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot())
    if (const auto form = fusable_form(graph, *node)) fuse(graph, *node, *form);
  return {};
}

}  // namespace cortado::compiler
