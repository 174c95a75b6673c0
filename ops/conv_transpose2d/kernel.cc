#include "ops/channel_factors.h"
#include "ops/conv_transpose2d/contract.h"
#include "ops/conv_transpose2d/taps.h"
#include "ops/convolution_checks.h"
#include "ops/dot.h"

namespace cortado::ops {
namespace {

struct Plan {
  Image in, out;
  const std::int8_t* weight;
  ChannelOutput output;
  TransposedAxis y, x;
  std::int32_t input_offset;
};

TransposedAxis checked_axis(Check& check, std::int64_t input, std::int64_t output, std::int64_t kernel,
                            std::int64_t stride, std::int64_t padding, std::int64_t output_padding,
                            std::int64_t dilation) {
  constexpr std::int64_t limit = 1 << 14;
  check.range("input size", input, 1, 1 << 16)
      .range("kernel size", kernel, 1, limit)
      .range("stride", stride, 1, limit)
      .range("padding", padding, 0, limit)
      .range("output_padding", output_padding, 0, limit)
      .equal("dilation", "", dilation, 1);
  if (!check.ok()) return {};
  check.equal("out", "'s size", output, (input - 1) * stride - 2 * padding + kernel + output_padding);
  return {static_cast<std::int32_t>(input), static_cast<std::int32_t>(kernel), static_cast<std::int32_t>(stride),
          static_cast<std::int32_t>(padding)};
}

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  plan.in = checked_image(check, "input", args.input, Args::layout);
  plan.out = checked_image(check, "out", args.out, Args::layout);
  check_convolution(check, args).equal("output_padding", "'s length", args.output_padding.count, 2);
  if (!check.ok()) return check.code();
  const Tensor& weight = args.weight;
  plan.y = checked_axis(check, plan.in.height, plan.out.height, weight.size(1), args.stride[0], args.padding[0],
                        args.output_padding[0], args.dilation[0]);
  plan.x = checked_axis(check, plan.in.width, plan.out.width, weight.size(2), args.stride[1], args.padding[1],
                        args.output_padding[1], args.dilation[1]);
  plan.output = checked_channel_output(check, args, plan.out.channels);
  check.equal("out", "'s batch", plan.out.batch, plan.in.batch)
      .equal("weight", "'s output channels", weight.size(0), plan.out.channels)
      .equal("weight", "'s input channels", weight.size(3), plan.in.channels);
  plan.weight = weight.as<std::int8_t>();
  plan.input_offset = args.input_offset;
  return check.code();
}

// One output pixel.
void run_pixel(const Plan& plan, const std::int8_t* image, TransposedTaps rows, TransposedTaps columns,
               std::int8_t* out) {
  const std::int32_t channels = plan.in.channels;
  const std::int8_t* w = plan.weight;
  for (std::int32_t o = 0; o < plan.out.channels; ++o, w += plan.y.kernel * plan.x.kernel * channels) {
    std::int32_t products = 0, weights = 0;
    std::int32_t u = rows.from;
    for (std::int32_t i = rows.first; i < rows.last; i += plan.y.stride, --u) {
      const std::int8_t* pixel = image + (u * plan.in.width + columns.from) * channels;
      for (std::int32_t j = columns.first; j < columns.last; j += plan.x.stride, pixel -= channels) {
        const std::int8_t* tap = w + (i * plan.x.kernel + j) * channels;
        products = wrapping_add(products, dot(pixel, tap, channels));
        weights = wrapping_add(weights, sum(tap, channels));
      }
    }
    const std::int32_t acc = wrapping_add(products, wrapping_multiply(weights, plan.input_offset));
    out[o] = plan.output.finish(wrapping_add(acc, plan.output.start(o)), o);
  }
}

void run_plan(const Plan& plan) {
  std::int8_t* out = plan.out.data;
  for (std::int32_t n = 0; n < plan.out.batch; ++n) {
    const std::int8_t* image = plan.in.data + n * plan.in.pixels() * plan.in.channels;
    for (std::int32_t y = 0; y < plan.out.height; ++y) {
      const TransposedTaps rows = transposed_taps(plan.y, y);
      for (std::int32_t x = 0; x < plan.out.width; ++x, out += plan.out.channels)
        run_pixel(plan, image, rows, transposed_taps(plan.x, x), out);
    }
  }
}

using TransposeConv = QuantizedTransposeConv2dArgs<Layout::channels_last>;
using TransposeConvNhwc = QuantizedTransposeConv2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_transpose_conv2d_out, cortex_m__quantized_transpose_conv2d_nhwc_out;
const Kernel cortex_m__quantized_transpose_conv2d_out =
    kernel_row<TransposeConv, Plan, make_plan<TransposeConv>, run_plan>();
const Kernel cortex_m__quantized_transpose_conv2d_nhwc_out =
    kernel_row<TransposeConvNhwc, Plan, make_plan<TransposeConvNhwc>, run_plan>();

}  // namespace cortado::ops
