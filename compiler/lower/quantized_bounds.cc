#include "compiler/lower/quantized_bounds.h"

#include <algorithm>
#include <cmath>

namespace cortado::compiler {

std::int64_t quantized_bound(double value, const ir::Quantization& quantization) {
  const float position = static_cast<float>(value / quantization.scale[0] + quantization.zero_point[0]);
  const double low = static_cast<double>(quantization.quant_min);
  const double high = static_cast<double>(quantization.quant_max);
  if (std::isnan(position)) return quantization.quant_min;
  return static_cast<std::int64_t>(std::clamp(static_cast<double>(std::nearbyint(position)), low, high));
}

ir::Quantization narrowed(const ops::ClampForm& form, ir::Quantization quantization) {
  const ir::Quantization full = quantization;
  if (form.low) quantization.quant_min = quantized_bound(*form.low, full);
  if (form.high) quantization.quant_max = quantized_bound(*form.high, full);
  quantization.quant_min = std::min(quantization.quant_min, quantization.quant_max);  // min > max: PyTorch gives max
  return quantization;
}

}  // namespace cortado::compiler
