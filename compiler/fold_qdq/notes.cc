#include "compiler/fold_qdq/notes.h"

#include <nlohmann/json.hpp>

#include "compiler/fold_qdq/parameters.h"

namespace cortado::compiler {

bool noted_as_quantized(const ir::Source& source) {
  if (source.custom.empty()) return false;
  const auto custom = nlohmann::json::parse(source.custom, nullptr, false);
  if (!custom.is_object()) return false;
  const auto info = custom.find("_arm_annotation_info");
  if (info == custom.end() || !info->is_object()) return false;
  const auto quantized = info->find("quantized");
  return quantized != info->end() && quantized->is_boolean() && quantized->get<bool>();
}

bool has_notes(const ir::Graph& graph) {
  for (const auto& node : graph.nodes())
    if (noted_as_quantized(node->source)) return true;
  return false;
}

bool has_quantized_weights(const ir::Graph& graph) {
  for (const auto& node : graph.nodes())
    if (qdq_kind(*node) == QdqKind::dequantize && qdq_input(*node) != nullptr &&
        qdq_input(*node)->kind == ir::ValueKind::constant)
      return true;
  return false;
}

}  // namespace cortado::compiler
