#include "compiler/import/single_precision.h"

#include <algorithm>

#include "ops/host/convert.h"

namespace cortado::compiler {
namespace {

bool is_other_float(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16 || dtype == DType::f64; }

bool is_quantized(const ir::Graph& graph) {
  return std::any_of(graph.nodes().begin(), graph.nodes().end(), [](const auto& node) {
    return node->op.starts_with("quantized_decomposed::") || node->op.starts_with("cortex_m::");
  });
}

}  // namespace

bool to_single_precision(ir::Graph& graph) {
  if (is_quantized(graph)) return false;
  bool changed = false;
  for (const auto& value : graph.values()) {
    if (!is_other_float(value->type.dtype)) continue;
    changed = true;
    value->type.dtype = DType::f32;
    if (value->kind == ir::ValueKind::constant || value->kind == ir::ValueKind::state)
      value->data = ops::cast(value->data, DType::f32);
  }
  for (const auto& node : graph.nodes())
    for (ir::NamedArgument& argument : node->arguments)
      if (auto* dtype = std::get_if<DType>(&argument.value); dtype != nullptr && is_other_float(*dtype))
        *dtype = DType::f32;
  return changed;
}

}  // namespace cortado::compiler
