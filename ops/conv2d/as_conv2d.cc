#include "ops/conv2d/as_conv2d.h"

#include <algorithm>

#include "ops/conv2d/spread.h"

namespace cortado::ops::conv2d {
namespace {

using Integers = std::vector<std::int64_t>;

bool is_constant_float(const ir::Value* value) {
  return value->kind == ir::ValueKind::constant && value->data.dtype() == DType::f32;
}

// x with `before` and `after` zeros along `dim`; negative numbers cut off.
Result<ir::Value*> bordered(Rewriter& rewriter, ir::Value* x, std::size_t dim, std::int64_t before,
                            std::int64_t after) {
  const ir::Shape shape = x->type.shape;
  if (before < 0 || after < 0) {
    const std::int64_t start = std::max<std::int64_t>(-before, 0);
    const std::int64_t end = shape[dim] - std::max<std::int64_t>(-after, 0);
    CORTADO_TRY(x,
                rewriter.add("aten::slice.Tensor",
                             {{"self", x}, {"dim", static_cast<std::int64_t>(dim)}, {"start", start}, {"end", end}}));
  }
  if (before <= 0 && after <= 0) return x;
  Integers pad(2 * (shape.size() - dim), 0);
  pad[pad.size() - 2] = std::max<std::int64_t>(before, 0);
  pad[pad.size() - 1] = std::max<std::int64_t>(after, 0);
  return rewriter.add("aten::constant_pad_nd.default", {{"self", x}, {"pad", pad}, {"value", 0.0}});
}

// stride − 1 zeros after every row and column: [N, C, H, W] → [N, C, H · sy, W · sx].
Result<ir::Value*> stuffed(Rewriter& rewriter, ir::Value* x, const Integers& stride) {
  const ir::Shape s = x->type.shape;
  CORTADO_TRY(x, rewriter.view(x, {s[0] * s[1] * s[2], s[3], 1}));
  CORTADO_TRY(x, bordered(rewriter, x, 2, 0, stride[1] - 1));
  CORTADO_TRY(x, rewriter.view(x, {s[0] * s[1], s[2], 1, s[3] * stride[1]}));
  CORTADO_TRY(x, bordered(rewriter, x, 2, 0, stride[0] - 1));
  return rewriter.view(x, {s[0], s[1], s[2] * stride[0], s[3] * stride[1]});
}

// [I, O / g, KH, KW] → [O, I / g, KH, KW], mirrored in both spatial dimensions.
ir::Tensor mirrored(const ir::Tensor& weight, std::int64_t groups) {
  const ir::Shape& s = weight.shape();
  const std::int64_t inputs = s[0] / groups, outputs = s[1], taps = s[2] * s[3];
  ir::Tensor result(DType::f32, {outputs * groups, inputs, s[2], s[3]});
  const float* from = weight.data<float>();
  float* to = result.mutable_data<float>();
  for (std::int64_t g = 0; g < groups; ++g)
    for (std::int64_t o = 0; o < outputs; ++o)
      for (std::int64_t i = 0; i < inputs; ++i) {
        const float* kernel = from + ((g * inputs + i) * outputs + o) * taps;
        std::reverse_copy(kernel, kernel + taps, to);
        to += taps;
      }
  return result;
}

// The windows of `kernel` planes along the depth as channels: [N, C, D, H, W] → [N · T, C · K, H, W].
Result<ir::Value*> planes_as_channels(Rewriter& rewriter, ir::Value* x, std::int64_t kernel, std::int64_t stride) {
  const ir::Shape s = x->type.shape;
  CORTADO_TRY(x, rewriter.view(x, {s[0], s[1], s[2], s[3] * s[4]}));
  CORTADO_TRY(x, rewriter.add("aten::unfold.default",
                              {{"self", x}, {"dimension", std::int64_t{2}}, {"size", kernel}, {"step", stride}}));
  const std::int64_t depth = x->type.shape[2];
  CORTADO_TRY(x, rewriter.permute(x, {0, 2, 1, 4, 3}));
  return rewriter.view(x, {s[0] * depth, s[1] * kernel, s[3], s[4]});
}

// [N · T, O, H, W] → [N, O, T, H, W].
Result<ir::Value*> images_as_depth(Rewriter& rewriter, ir::Value* y, const ir::Shape& volume) {
  const std::int64_t pixels = volume[3] * volume[4];
  CORTADO_TRY(y, rewriter.view(y, {volume[0], volume[2], volume[1], pixels}));
  CORTADO_TRY(y, rewriter.permute(y, {0, 2, 1, 3}));
  return rewriter.view(y, volume);
}

Integers last_two(const Integers& list) { return {list[1], list[2]}; }

}  // namespace

Status rewrite_volume(const Operands& operands, Rewriter& rewriter) {
  const Integers padding = operands.integers("padding", 3), dilation = operands.integers("dilation", 3);
  const Integers stride = operands.integers("stride", 3);
  ir::Value* weight = operands.value("weight");
  if (dilation[0] != 1) {
    if (!is_constant_float(weight)) return {};
    weight = rewriter.graph().add_constant(weight->name, spread(weight->data, 2, dilation[0]), weight->source_name);
  }
  const ir::Shape w = weight->type.shape;
  const ir::Shape s = operands.shape("input");
  CORTADO_TRY(ir::Value* x, rewriter.view(operands.value("input"), {s[0] * s[1], s[2], s[3] * s[4]}));
  CORTADO_TRY(x, bordered(rewriter, x, 1, padding[0], padding[0]));
  CORTADO_TRY(x, rewriter.view(x, {s[0], s[1], s[2] + 2 * padding[0], s[3], s[4]}));
  CORTADO_TRY(x, planes_as_channels(rewriter, x, w[2], stride[0]));
  const ir::Shape flat = {w[0], w[1] * w[2], w[3], w[4]};
  if (weight->kind == ir::ValueKind::constant) {
    weight = rewriter.graph().add_constant(weight->name, weight->data.reshaped(flat), weight->source_name);
  } else {
    CORTADO_TRY(weight, rewriter.view(weight, flat));
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::conv2d.default", {{"input", x},
                                                                  {"weight", weight},
                                                                  {"bias", operands.argument("bias")},
                                                                  {"stride", last_two(stride)},
                                                                  {"padding", last_two(padding)},
                                                                  {"dilation", last_two(dilation)},
                                                                  {"groups", operands.integer("groups")}}));
  CORTADO_TRY(y, images_as_depth(rewriter, y, operands.output_type().shape));
  return rewriter.finish({y});
}

Status rewrite_grouped_transposed(const Operands& operands, Rewriter& rewriter) {
  const std::int64_t groups = operands.integer("groups");
  const ir::Value* weight = operands.value("weight");
  if (groups == 1 || !is_constant_float(weight)) return {};
  const Integers stride = operands.integers("stride", 2), dilation = operands.integers("dilation", 2);
  const Integers padding = operands.integers("padding", 2), extra = operands.integers("output_padding", 2);
  CORTADO_TRY(ir::Value* x, stuffed(rewriter, operands.value("input"), stride));
  Integers symmetric = {0, 0};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int64_t before = dilation[i] * (weight->type.shape[i + 2] - 1) - padding[i];
    const std::int64_t after = before + extra[i] - (stride[i] - 1);
    symmetric[i] = std::max<std::int64_t>(std::min(before, after), 0);
    CORTADO_TRY(x, bordered(rewriter, x, i + 2, before - symmetric[i], after - symmetric[i]));
  }
  ir::Value* kernel = rewriter.graph().add_constant(weight->name, mirrored(weight->data, groups), weight->source_name);
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::conv2d.default", {{"input", x},
                                                                  {"weight", kernel},
                                                                  {"bias", operands.argument("bias")},
                                                                  {"stride", Integers{1, 1}},
                                                                  {"padding", symmetric},
                                                                  {"dilation", dilation},
                                                                  {"groups", groups}}));
  return rewriter.finish({y});
}

}  // namespace cortado::ops::conv2d
