#include "compiler/fold_qdq/fold_bias.h"

#include <algorithm>
#include <cmath>

#include "ops/definition.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

std::int32_t to_bias(double real, double scale) {
  const double rounded = std::nearbyint(real / scale);
  return static_cast<std::int32_t>(std::clamp(rounded, double{INT32_MIN}, double{INT32_MAX}));
}

}  // namespace

Status fold_bias(ir::Graph& graph, ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || definition->quantization.bias.empty()) return {};
  const ops::Operands operands(node, definition->schema);
  const ir::Value* bias = operands.value(definition->quantization.bias);
  const ir::Value* weight = operands.value(definition->quantization.weight);
  const ir::Value* input = ir::input_values(node).front();
  if (bias == nullptr || !is_float(bias->type.dtype) || bias->kind != ir::ValueKind::constant) return {};
  if (weight == nullptr || !weight->type.is_quantized() || !input->type.is_quantized()) return {};

  ir::Quantization quantization;
  quantization.axis = weight->type.quantization->is_per_tensor() ? ir::Quantization::per_tensor : 0;
  quantization.quant_min = INT32_MIN;
  quantization.quant_max = INT32_MAX;
  for (double scale : weight->type.quantization->scale) {
    quantization.scale.push_back(input->type.quantization->scale[0] * scale);
    quantization.zero_point.push_back(0);
  }
  const std::int64_t count = bias->data.elements();
  // A grouped transposed convolution has one scale per output of a group: they repeat.
  const std::size_t scales = quantization.scale.size();
  if (scales == 0 || count % static_cast<std::int64_t>(scales) != 0)
    return ops::at_node(input_error("its bias and its weight differ in the number of channels"), node);
  ir::Tensor integers(DType::i32, bias->data.shape());
  for (std::int64_t c = 0; c < count; ++c) {
    const double real = bias->data.as_double(c);
    if (!std::isfinite(real)) return ops::at_node(input_error("its bias is not finite"), node);
    integers.mutable_data<std::int32_t>()[c] = to_bias(real, quantization.scale[static_cast<std::size_t>(c) % scales]);
  }
  ir::Value* folded = graph.add_constant(bias->name, std::move(integers), bias->source_name);
  folded->type.quantization = std::move(quantization);
  graph.set_argument(node, definition->quantization.bias, folded);
  return {};
}

}  // namespace cortado::compiler
