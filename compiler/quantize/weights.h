// Weights and biases of one layer as integers.
//
//   weight: symmetric int8, ŵ = scale[o] · q, |q| ≤ 127, scale[o] = max |w[o]| / 127 per output channel or for all
//   bias:   int32 with the scale of the accumulator, input scale · scale[o]
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/tensor.h"
#include "ir/type.h"
#include "support/result.h"

namespace cortado::compiler {

// max |w| / 127 for each index of `axis`, or one for all (Quantization::per_tensor). Channels that are all zero have
// scale 0: safe_scales() gives them one.
std::vector<double> weight_scales(const ir::Tensor& weight, int axis);

// Scales raised where the fixed-point arithmetic would otherwise leave its limits:
// * the bias must stay within ±2^30 accumulator steps, so that the sum of products still has room beside it;
// * one accumulator step must be at least 2^-24 output steps, or the multiplier's shift leaves its limits. What this
//   rounds away is far below one output step.
// `bias` may be empty; otherwise it has one entry per output channel.
std::vector<double> safe_scales(std::vector<double> scales, const std::vector<double>& bias, double input_scale,
                                double output_scale);

// The int8 type and content of the weight.
ir::Quantization weight_quantization(std::vector<double> scales, int axis);
ir::Tensor rounded_weight(const ir::Tensor& weight, const ir::Quantization& quantization);

// Moves each integer by so many steps, within −127 … 127, where the channel has the scale that `scales` says.
void add_rounding(std::span<const std::int8_t> steps, const std::vector<double>& scales,
                  const ir::Quantization& quantization, ir::Tensor& rounded);

// ŵ − w, in f32.
ir::Tensor rounding_error(const ir::Tensor& weight, const ir::Tensor& rounded, const ir::Quantization& quantization);

// bias / (input scale · weight scale), rounded half to even and clamped to int32.
ir::Tensor rounded_bias(const std::vector<double>& bias, const ir::Quantization& quantization);
ir::Quantization bias_quantization(const ir::Quantization& weight, double input_scale);

}  // namespace cortado::compiler
