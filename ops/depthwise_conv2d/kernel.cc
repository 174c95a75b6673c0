#include "ops/convolution_checks.h"
#include "ops/depthwise_conv2d/contract.h"
#include "ops/depthwise_conv2d/row.h"

namespace cortado::ops {
namespace {

struct Plan {
  Image in, out;
  Depthwise depthwise;
};

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  Depthwise& depthwise = plan.depthwise;
  plan.in = checked_image(check, "input", args.input, Args::layout);
  plan.out = checked_image(check, "out", args.out, Args::layout);
  check_convolution(check, args).range("depth_multiplier", args.depth_multiplier, 1, 1 << 24);
  if (!check.ok()) return check.code();
  const Tensor& weight = args.weight;
  depthwise.y = checked_window(check, plan.in.height, plan.out.height, weight.size(1), args.stride[0], args.padding[0],
                               args.dilation[0]);
  depthwise.x = checked_window(check, plan.in.width, plan.out.width, weight.size(2), args.stride[1], args.padding[1],
                               args.dilation[1]);
  depthwise.output = checked_channel_output(check, args, plan.out.channels);
  check.equal("out", "'s batch", plan.out.batch, plan.in.batch)
      .equal("weight", "'s first size", weight.size(0), 1)
      .equal("weight", "'s output channels", weight.size(3), plan.out.channels)
      .equal("out", "'s channels", plan.out.channels, std::int64_t{plan.in.channels} * args.depth_multiplier);
  depthwise.weight = weight.as<std::int8_t>();
  depthwise.in_channels = plan.in.channels;
  depthwise.out_channels = plan.out.channels;
  depthwise.depth_multiplier = args.depth_multiplier;
  depthwise.input_offset = args.input_offset;
  return check.code();
}

void run_plan(const Plan& plan) {
  const Depthwise& depthwise = plan.depthwise;
  std::int8_t* out = plan.out.data;
  for (std::int32_t n = 0; n < plan.out.batch; ++n) {
    const std::int8_t* image = plan.in.data + n * plan.in.pixels() * plan.in.channels;
    for (std::int32_t y = 0; y < plan.out.height; ++y, out += plan.out.width * plan.out.channels) {
      const ImageLines lines = {image, depthwise.y.start(y), depthwise.y.dilation, plan.in.width * plan.in.channels};
      run_row(depthwise, lines, taps_of(depthwise.y, y), out);
    }
  }
}

using ChannelsLast = QuantizedDepthwiseConv2dArgs<Layout::channels_last>;
using Nhwc = QuantizedDepthwiseConv2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_depthwise_conv2d_out;
const Kernel cortex_m__quantized_depthwise_conv2d_out =
    kernel_row<ChannelsLast, Plan, make_plan<ChannelsLast>, run_plan>();
extern const Kernel cortex_m__quantized_depthwise_conv2d_nhwc_out;
const Kernel cortex_m__quantized_depthwise_conv2d_nhwc_out = kernel_row<Nhwc, Plan, make_plan<Nhwc>, run_plan>();

}  // namespace cortado::ops
