#include "compiler/compare/layer_error.h"

#include <algorithm>
#include <cmath>

namespace cortado::compiler {

void LayerError::add(const LayerError& other) {
  signal += other.signal;
  noise += other.noise;
  product += other.product;
  power += other.power;
  largest_error = std::max(largest_error, other.largest_error);
  saturated += other.saturated;
  elements += other.elements;
}

std::optional<double> LayerError::snr_db() const {
  if (!(noise > 0) || !(signal > 0)) return std::nullopt;
  return 10 * std::log10(signal / noise);
}

std::optional<double> LayerError::cosine() const {
  if (!(signal > 0) || !(power > 0)) return std::nullopt;
  return product / std::sqrt(signal * power);
}

double LayerError::saturated_share() const {
  return elements == 0 ? 0 : static_cast<double>(saturated) / static_cast<double>(elements);
}

LayerError layer_error(const ir::Tensor& real, const ir::Tensor& stored, const ir::Quantization& quantization) {
  const double scale = quantization.scale[0], zero_point = quantization.zero_point[0];
  const double lowest = (static_cast<double>(quantization.quant_min) - zero_point - 0.5) * scale;
  const double highest = (static_cast<double>(quantization.quant_max) - zero_point + 0.5) * scale;
  LayerError error;
  error.elements = real.elements();
  const float* x = real.data<float>();
  for (std::int64_t i = 0; i < error.elements; ++i) {
    const double expected = static_cast<double>(x[i]);
    const double given = (stored.as_double(i) - zero_point) * scale, difference = given - expected;
    error.signal += expected * expected;
    error.noise += difference * difference;
    error.product += expected * given;
    error.power += given * given;
    error.largest_error = std::max(error.largest_error, std::fabs(difference));
    error.saturated += expected < lowest || expected > highest;
  }
  return error;
}

}  // namespace cortado::compiler
