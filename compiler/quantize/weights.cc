#include "compiler/quantize/weights.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortado::compiler {
namespace {

constexpr double weight_limit = 127;

// Which scale an element has: position / inner % count.
struct ChannelIndex {
  std::int64_t inner = 1, count = 1;
  ChannelIndex(const ir::Shape& shape, int axis) {
    if (axis == ir::Quantization::per_tensor) return;
    for (std::size_t i = static_cast<std::size_t>(axis) + 1; i < shape.size(); ++i) inner *= shape[i];
    count = shape[static_cast<std::size_t>(axis)];
  }
  std::size_t operator()(std::int64_t position) const { return static_cast<std::size_t>(position / inner % count); }
};

}  // namespace

std::vector<double> weight_scales(const ir::Tensor& weight, int axis) {
  const ChannelIndex channel(weight.shape(), axis);
  std::vector<double> scales(static_cast<std::size_t>(channel.count));
  for (std::int64_t i = 0; i < weight.elements(); ++i) {
    double& largest = scales[channel(i)];
    largest = std::max(largest, std::fabs(static_cast<double>(weight.data<float>()[i])));
  }
  for (double& scale : scales) scale /= weight_limit;
  return scales;
}

std::vector<double> safe_scales(std::vector<double> scales, const std::vector<double>& bias, double input_scale,
                                double output_scale) {
  constexpr double bias_limit = 1073741824.0;                   // 2^30 accumulator steps
  constexpr double smallest_accumulator_step = 1.0 / 16777216;  // 2^-24 output steps
  // A channel without weights can have any scale; the others' keeps the multipliers alike.
  const double usual = *std::max_element(scales.begin(), scales.end());
  for (std::size_t o = 0; o < scales.size(); ++o) {
    if (scales[o] == 0) scales[o] = usual > 0 ? usual : output_scale / input_scale;
    scales[o] = std::max(scales[o], output_scale * smallest_accumulator_step / input_scale);
  }
  for (std::size_t o = 0; o < bias.size(); ++o) {
    double& scale = scales[o % scales.size()];
    scale = std::max(scale, std::fabs(bias[o]) / (input_scale * bias_limit));
  }
  return scales;
}

ir::Quantization weight_quantization(std::vector<double> scales, int axis) {
  ir::Quantization quantization;
  quantization.zero_point.assign(scales.size(), 0);
  quantization.scale = std::move(scales);
  quantization.axis = axis;
  quantization.quant_min = -127;
  quantization.quant_max = 127;
  return quantization;
}

ir::Tensor rounded_weight(const ir::Tensor& weight, const ir::Quantization& quantization) {
  const ChannelIndex channel(weight.shape(), quantization.axis);
  ir::Tensor rounded(DType::i8, weight.shape());
  std::int8_t* to = rounded.mutable_data<std::int8_t>();
  for (std::int64_t i = 0; i < weight.elements(); ++i) {
    const double steps = std::nearbyint(static_cast<double>(weight.data<float>()[i]) / quantization.scale[channel(i)]);
    to[i] = static_cast<std::int8_t>(std::clamp(steps, -weight_limit, weight_limit));
  }
  return rounded;
}

void add_rounding(std::span<const std::int8_t> steps, const std::vector<double>& scales,
                  const ir::Quantization& quantization, ir::Tensor& rounded) {
  const ChannelIndex channel(rounded.shape(), quantization.axis);
  std::int8_t* to = rounded.mutable_data<std::int8_t>();
  for (std::int64_t i = 0; i < rounded.elements(); ++i) {
    if (quantization.scale[channel(i)] != scales[channel(i)]) continue;
    const double moved = to[i] + steps[static_cast<std::size_t>(i)];
    to[i] = static_cast<std::int8_t>(std::clamp(moved, -weight_limit, weight_limit));
  }
}

ir::Tensor rounding_error(const ir::Tensor& weight, const ir::Tensor& rounded, const ir::Quantization& quantization) {
  const ChannelIndex channel(weight.shape(), quantization.axis);
  ir::Tensor error(DType::f32, weight.shape());
  float* to = error.mutable_data<float>();
  for (std::int64_t i = 0; i < weight.elements(); ++i)
    to[i] = static_cast<float>(rounded.data<std::int8_t>()[i] * quantization.scale[channel(i)] -
                               static_cast<double>(weight.data<float>()[i]));
  return error;
}

ir::Tensor rounded_bias(const std::vector<double>& bias, const ir::Quantization& quantization) {
  ir::Tensor rounded(DType::i32, {static_cast<std::int64_t>(bias.size())});
  std::int32_t* to = rounded.mutable_data<std::int32_t>();
  constexpr double lowest = std::numeric_limits<std::int32_t>::min();
  constexpr double highest = std::numeric_limits<std::int32_t>::max();
  for (std::size_t o = 0; o < bias.size(); ++o) {
    const double steps = std::nearbyint(bias[o] / quantization.scale[o % quantization.scale.size()]);
    to[o] = static_cast<std::int32_t>(std::clamp(steps, lowest, highest));
  }
  return rounded;
}

ir::Quantization bias_quantization(const ir::Quantization& weight, double input_scale) {
  ir::Quantization quantization;
  for (const double scale : weight.scale) quantization.scale.push_back(input_scale * scale);
  quantization.zero_point.assign(weight.scale.size(), 0);
  quantization.axis = weight.is_per_tensor() ? ir::Quantization::per_tensor : 0;
  quantization.quant_min = std::numeric_limits<std::int32_t>::min();
  quantization.quant_max = std::numeric_limits<std::int32_t>::max();
  return quantization;
}

}  // namespace cortado::compiler
