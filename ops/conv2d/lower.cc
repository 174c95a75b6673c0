#include "ops/conv2d/lower.h"

#include <algorithm>

#include "ops/conv2d/contract.h"
#include "ops/conv2d/scratch.h"
#include "ops/conv2d/spread.h"
#include "ops/conv_transpose2d/contract.h"
#include "ops/depthwise_conv2d/contract.h"
#include "ops/layer_lowering.h"

namespace cortado::ops::conv2d {
namespace {

constexpr auto layout = Layout::channels_last;

ConvolutionGeometry geometry_of(const Operands& operands, bool transposed) {
  const ir::Shape& x = operands.type("input").shape;
  const ir::Shape& y = operands.output_type().shape;
  const ir::Shape& w = operands.type("weight").shape;
  const auto stride = operands.integers("stride", 2);
  const auto padding = operands.integers("padding", 2);
  const auto dilation = operands.integers("dilation", 2);
  return {
      x[0],      x[1],      x[2],       x[3],       y[1],        y[2],       y[3], w[2], w[3], transposed ? w[0] : w[1],
      stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1]};
}

Status check(const Operands& operands, std::int64_t out_channels, int channel_axis) {
  if (operands.type("weight").shape.size() != 4 || operands.type("input").shape.size() != 4)
    return input_error("a convolution on int8 has 2 spatial dimensions and a batch");
  return check_int8_layer(operands, out_channels, channel_axis);
}

ir::Argument pair(const Operands& operands, std::string_view name) { return operands.integers(name, 2); }

ir::Value* permuted_weight(const Operands& operands, Lowering& lowering, const std::vector<std::int64_t>& order) {
  return lowering.constant("weight_nhwc", ir::permuted(operands.value("weight")->data, order));
}

void emit(Lowering& lowering, const char* op, std::vector<ir::NamedArgument> arguments,
          std::vector<ir::NamedArgument> rest, const ir::Type& type) {
  for (auto& argument : rest) arguments.push_back(std::move(argument));
  lowering.replace(*lowering.emit(op, std::move(arguments), {type})->outputs[0]);
}

// The weight of the same transposed convolution without dilation and groups, as cortex_m has it: zeros where the kernel
// skips and between the channels of different groups.
ir::Tensor plain_transposed_weight(const Operands& operands, std::int64_t groups) {
  const auto dilation = operands.integers("dilation", 2);
  const ir::Tensor weight = spread(spread(operands.value("weight")->data, 2, dilation[0]), 3, dilation[1]);
  if (groups == 1) return weight;
  const ir::Shape& s = weight.shape();
  const std::int64_t block = s[1] * s[2] * s[3];
  ir::Tensor dense(DType::i8, {s[0], s[1] * groups, s[2], s[3]});
  for (std::int64_t i = 0; i < s[0]; ++i)
    std::copy_n(weight.data<std::int8_t>() + i * block, block,
                dense.mutable_data<std::int8_t>() + (i * groups + i / (s[0] / groups)) * block);
  return dense;
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  const std::int64_t out_channels = operands.type("weight").shape[0];
  CORTADO_CHECK(check(operands, out_channels, 0));
  const ConvolutionGeometry geometry = geometry_of(operands, false);
  const std::int64_t groups = operands.integer("groups");
  // CMSIS-NN's grouped kernels step through the bias, so it must be there.
  ir::Argument bias = operands.argument("bias");
  if (bias.is_none() && groups > 1) bias = lowering.constant("zero_bias", ir::Tensor(DType::i32, {out_channels}));
  // Its depthwise kernels are only fast for one image.
  const bool depthwise = geometry.kernel_channels == 1 && geometry.in_channels == groups && geometry.batch == 1;
  std::vector<ir::NamedArgument> arguments = {
      {"input", operands.value("input")},
      {"weight",
       permuted_weight(operands, lowering,
                       depthwise ? std::vector<std::int64_t>{1, 2, 3, 0} : std::vector<std::int64_t>{0, 2, 3, 1})},
      {"bias", std::move(bias)},
      {"stride", pair(operands, "stride")},
      {"padding", pair(operands, "padding")},
      {"dilation", pair(operands, "dilation")}};
  if (depthwise) arguments.push_back({"depth_multiplier", out_channels / geometry.in_channels});
  auto rest = channel_requantization(operands, lowering, out_channels);
  const Isa isa = lowering.target().isa;
  rest.push_back({"scratch", lowering.scratch(depthwise ? depthwise_scratch_bytes(geometry, isa)
                                                        : convolution_scratch_bytes(geometry, isa))});
  emit(lowering, depthwise ? QuantizedDepthwiseConv2dArgs<layout>::name : QuantizedConv2dArgs<layout>::name,
       std::move(arguments), std::move(rest), operands.output_type());
  return {};
}

Status lower_transposed(const Operands& operands, Lowering& lowering) {
  const std::int64_t per_group = operands.type("weight").shape[1];
  const std::int64_t groups = operands.integer("groups");
  CORTADO_CHECK(check(operands, per_group, 1));
  const ir::Tensor weight = plain_transposed_weight(operands, groups);
  ConvolutionGeometry geometry = geometry_of(operands, true);
  geometry.kernel_height = weight.shape()[2];
  geometry.kernel_width = weight.shape()[3];
  geometry.dilation_y = geometry.dilation_x = 1;
  std::vector<ir::NamedArgument> arguments = {
      {"input", operands.value("input")},
      {"weight", lowering.constant("weight_nhwc", ir::permuted(weight, std::vector<std::int64_t>{1, 2, 3, 0}))},
      {"bias", operands.argument("bias")},
      {"stride", pair(operands, "stride")},
      {"padding", pair(operands, "padding")},
      {"output_padding", pair(operands, "output_padding")},
      {"dilation", std::vector<std::int64_t>{1, 1}}};
  auto rest = channel_requantization(operands, lowering, per_group * groups);
  const TransposedScratch scratch = transposed_scratch_bytes(geometry, lowering.target().isa);
  rest.push_back({"scratch", lowering.scratch(scratch.accumulator_bytes)});
  rest.push_back({"output_scratch", lowering.scratch(scratch.reversed_kernel_bytes)});
  emit(lowering, QuantizedTransposeConv2dArgs<layout>::name, std::move(arguments), std::move(rest),
       operands.output_type());
  return {};
}

}  // namespace cortado::ops::conv2d
