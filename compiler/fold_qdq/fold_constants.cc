#include "compiler/fold_qdq/fold_constants.h"

#include <cmath>

#include "compiler/fold_qdq/parameters.h"
#include "ops/affine.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

bool is_finite(const ir::Tensor& tensor) {
  if (!is_float(tensor.dtype())) return true;
  for (std::int64_t i = 0; i < tensor.elements(); ++i)
    if (!std::isfinite(tensor.as_double(i))) return false;
  return true;
}

const std::string& display_name(const ir::Value& value) {
  return value.source_name.empty() ? value.name : value.source_name;
}

// Replaces every node of one kind whose input is constant by its value.
template <class Compute>
Status replace_nodes(ir::Graph& graph, QdqKind kind, Compute compute) {
  for (ir::Node* node : graph.snapshot()) {
    if (qdq_kind(*node) != kind) continue;
    const ir::Value* input = qdq_input(*node);
    if (input == nullptr || input->kind != ir::ValueKind::constant) continue;
    CORTADO_TRY(const QdqParameters parameters, qdq_parameters(*node));
    if (!is_finite(input->data))
      return ops::at_node(input_error("the constant '" + display_name(*input) + "' is not finite"), *node);
    ir::Value* constant = graph.add_constant(input->name, compute(input->data, parameters), input->source_name);
    if (kind == QdqKind::quantize) constant->type.quantization = parameters.quantization;
    graph.replace_uses(*node->outputs[0], *constant);
  }
  graph.remove_dead();
  return {};
}

}  // namespace

Status quantize_constants(ir::Graph& graph) {
  return replace_nodes(graph, QdqKind::quantize, [](const ir::Tensor& reals, const QdqParameters& parameters) {
    return ops::quantized(reals, parameters.quantization, parameters.dtype);
  });
}

Status dequantize_constants(ir::Graph& graph) {
  return replace_nodes(graph, QdqKind::dequantize, [](const ir::Tensor& integers, const QdqParameters& parameters) {
    return ops::dequantized(integers, parameters.quantization);
  });
}

}  // namespace cortado::compiler
