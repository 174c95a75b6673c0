#include "compiler/normalise/check_weights.h"

#include <cmath>

namespace cortado::compiler {

Status check_weights(ir::Graph& graph) {
  for (const auto& value : graph.values()) {
    if (value->kind != ir::ValueKind::constant || value->data.dtype() != DType::f32 || value->users.empty()) continue;
    const float* numbers = value->data.data<float>();
    for (std::int64_t i = 0, n = value->data.elements(); i < n; ++i)
      if (std::isnan(numbers[i]))
        return input_error("parameter '" + (value->source_name.empty() ? value->name : value->source_name) +
                               "' holds NaN (element " + std::to_string(i) + ")",
                           "look for a damaged checkpoint, or for a training that diverged");
  }
  return {};
}

}  // namespace cortado::compiler
