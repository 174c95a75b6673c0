// The limits of a clamp as integers.
#pragma once

#include <cstdint>

#include "ir/type.h"
#include "ops/definition.h"

namespace cortado::compiler {

// clamp(rint(value / scale + zero_point), quant_min, quant_max), the sum rounded to f32 first, halves to even.
std::int64_t quantized_bound(double value, const ir::Quantization& quantization);

// `quantization` narrowed to what lies between the form's limits.
ir::Quantization narrowed(const ops::ClampForm& form, ir::Quantization quantization);

}  // namespace cortado::compiler
