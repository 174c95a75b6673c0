// How far a quantized tensor is from the float one that it stands for.
//
//   SNR     10 · log10(Σ float² / Σ (int8 − float)²), in dB
//   cosine  Σ float · int8 / sqrt(Σ float² · Σ int8²)
//
// with int8 the real numbers scale · (q − zero point).
#pragma once

#include <cstdint>
#include <optional>

#include "ir/tensor.h"
#include "ir/type.h"

namespace cortado::compiler {

struct LayerError {
  double signal = 0;           // Σ float²
  double noise = 0;            // Σ (int8 − float)²
  double product = 0;          // Σ float · int8
  double power = 0;            // Σ int8²
  double largest_error = 0;    // max |int8 − float|
  std::int64_t saturated = 0;  // elements whose float value is more than half a step outside of what int8 can say
  std::int64_t elements = 0;

  void add(const LayerError& other);
  std::optional<double> snr_db() const;  // nothing: there is no noise, or no signal
  std::optional<double> cosine() const;  // nothing: one of the two is all zero
  double saturated_share() const;
};

// `stored`: integers with per-tensor parameters `quantization`; `real`: f32 of the same shape.
LayerError layer_error(const ir::Tensor& real, const ir::Tensor& stored, const ir::Quantization& quantization);

}  // namespace cortado::compiler
