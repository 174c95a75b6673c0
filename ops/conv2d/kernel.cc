#include "ops/conv2d/contract.h"
#include "ops/conv2d/row.h"
#include "ops/convolution_checks.h"

namespace cortado::ops {
namespace {

struct Plan {
  Image in, out;
  ConvolutionPlan convolution;
};

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  ConvolutionPlan& convolution = plan.convolution;
  plan.in = checked_image(check, "input", args.input, Args::layout);
  plan.out = checked_image(check, "out", args.out, Args::layout);
  check_convolution(check, args);
  if (!check.ok()) return check.code();
  const Tensor& weight = args.weight;
  convolution.y = checked_window(check, plan.in.height, plan.out.height, weight.size(1), args.stride[0],
                                 args.padding[0], args.dilation[0]);
  convolution.x = checked_window(check, plan.in.width, plan.out.width, weight.size(2), args.stride[1], args.padding[1],
                                 args.dilation[1]);
  convolution.output = checked_channel_output(check, args, plan.out.channels);
  convolution.in_channels = plan.in.channels;
  convolution.out_channels = plan.out.channels;
  convolution.group_channels = weight.size(3);
  check.equal("out", "'s batch", plan.out.batch, plan.in.batch)
      .equal("weight", "'s output channels", weight.size(0), plan.out.channels);
  check_groups(check, convolution);
  convolution.weight = weight.as<std::int8_t>();
  convolution.input_offset = args.input_offset;
  return check.code();
}

void run_plan(const Plan& plan) {
  const ConvolutionPlan& convolution = plan.convolution;
  const Interior interior = interior_of(convolution.x);
  const std::int32_t row_elements = plan.out.width * plan.out.channels;
  for (std::int32_t n = 0; n < plan.out.batch; ++n) {
    const std::int8_t* image = plan.in.data + n * plan.in.pixels() * plan.in.channels;
    std::int8_t* out = plan.out.data + n * plan.out.pixels() * plan.out.channels;
    for (std::int32_t channel = 0; channel < plan.out.channels; ++channel) {
      const std::int32_t first = channel / convolution.group_outputs * convolution.group_channels;
      for (std::int32_t y = 0; y < plan.out.height; ++y) {
        const ImageLines lines = {image, convolution.y.start(y), convolution.y.dilation,
                                  plan.in.width * plan.in.channels};
        run_row(Patch<ImageLines>(convolution, lines, first), taps_of(convolution.y, y), channel, interior,
                out + y * row_elements + channel);
      }
    }
  }
}

using Conv2d = QuantizedConv2dArgs<Layout::channels_last>;
using Conv2dNhwc = QuantizedConv2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_conv2d_out;
const Kernel cortex_m__quantized_conv2d_out = kernel_row<Conv2d, Plan, make_plan<Conv2d>, run_plan>();
extern const Kernel cortex_m__quantized_conv2d_nhwc_out;
const Kernel cortex_m__quantized_conv2d_nhwc_out = kernel_row<Conv2dNhwc, Plan, make_plan<Conv2dNhwc>, run_plan>();

}  // namespace cortado::ops
