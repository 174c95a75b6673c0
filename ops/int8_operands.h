// What lowerings ask of their operands' types. Host.
#pragma once

#include <algorithm>
#include <cmath>

#include "ir/graph.h"

namespace cortado::ops {

inline bool is_per_tensor(const ir::Value* value, DType dtype) {
  return value != nullptr && value->type.dtype == dtype && value->type.is_quantized() &&
         value->type.quantization->is_per_tensor();
}
inline bool is_int8(const ir::Value* value) { return is_per_tensor(value, DType::i8); }

inline double scale_of(const ir::Value* value) { return value->type.quantization->scale[0]; }
inline std::int64_t zero_point_of(const ir::Value* value) { return value->type.quantization->zero_point[0]; }

// Whether the stored integers of both stand for the same numbers.
inline bool share_parameters(const ir::Value* a, const ir::Value* b) {
  return scale_of(a) == scale_of(b) && zero_point_of(a) == zero_point_of(b);
}

// The integer that stands for a number, within the type's limits. The reference rounds the quotient in float.
inline std::int64_t stored_number(double number, const ir::Quantization& q) {
  const float low = static_cast<float>(q.quant_min), high = static_cast<float>(q.quant_max);
  return static_cast<std::int64_t>(
      std::clamp(std::nearbyint(static_cast<float>(number / q.scale[0] + q.zero_point[0])), low, high));
}

}  // namespace cortado::ops
