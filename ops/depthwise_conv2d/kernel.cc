#include "ops/channel_factors.h"
#include "ops/depthwise_conv2d/contract.h"
#include "ops/convolution_checks.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

struct Plan {
  Image in, out;
  const std::int8_t* weight;
  ChannelOutput output;
  Window y, x;
  std::int32_t depth_multiplier, input_offset;
};

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  plan.in = checked_image(check, "input", args.input, Args::layout);
  plan.out = checked_image(check, "out", args.out, Args::layout);
  check_convolution(check, args)
      .range("depth_multiplier", args.depth_multiplier, 1, 1 << 24);
  if (!check.ok()) return check.code();
  const Tensor& weight = args.weight;
  plan.y = checked_window(check, plan.in.height, plan.out.height, weight.size(1), args.stride[0], args.padding[0],
                          args.dilation[0]);
  plan.x = checked_window(check, plan.in.width, plan.out.width, weight.size(2), args.stride[1], args.padding[1],
                          args.dilation[1]);
  plan.output = checked_channel_output(check, args, plan.out.channels);
  check.equal("out", "'s batch", plan.out.batch, plan.in.batch)
      .equal("weight", "'s first size", weight.size(0), 1)
      .equal("weight", "'s output channels", weight.size(3), plan.out.channels)
      .equal("out", "'s channels", plan.out.channels, std::int64_t{plan.in.channels} * args.depth_multiplier);
  plan.weight = weight.as<std::int8_t>();
  plan.depth_multiplier = args.depth_multiplier;
  plan.input_offset = args.input_offset;
  return check.code();
}

// Accumulators kept at a time: Helium and hosts compute them side by side, other cores have no registers for more.
#if defined(__ARM_ARCH) && !defined(__ARM_FEATURE_MVE)
constexpr std::int32_t block = 4;
#else
constexpr std::int32_t block = 16;
#endif

// One output pixel's taps.
struct Pixel {
  const std::int8_t* in;  // at tap (rows.first, columns.first), channel 0
  Taps rows, columns;
};

// `count` ≤ block outputs from `channel` on, that read the input channels from `in` on (or the one at `in`).
template <bool one_input>
inline void run_block(const Plan& plan, const Pixel& pixel, const std::int8_t* in, std::int32_t channel,
                      std::int32_t count, std::int8_t* out) {
  std::int32_t acc[block];
  const std::int32_t outputs = plan.out.channels;
  const std::int32_t in_step = plan.x.dilation * plan.in.channels;
  const std::int32_t row_step = plan.y.dilation * plan.in.width * plan.in.channels;
  for (std::int32_t c = 0; c < count; ++c) acc[c] = plan.output.start(channel + c);
  for (std::int32_t i = pixel.rows.first; i < pixel.rows.last; ++i, in += row_step) {
    const std::int8_t* x = in;
    const std::int8_t* w = plan.weight + (i * plan.x.kernel + pixel.columns.first) * outputs + channel;
    for (std::int32_t j = pixel.columns.first; j < pixel.columns.last; ++j, x += in_step, w += outputs)
      for (std::int32_t c = 0; c < count; ++c)
        acc[c] = wrapping_add(acc[c], (x[one_input ? 0 : c] + plan.input_offset) * w[c]);
  }
  for (std::int32_t c = 0; c < count; ++c) out[c] = plan.output.finish(acc[c], channel + c);
}

template <bool one_input>
void run_channels(const Plan& plan, const Pixel& pixel, const std::int8_t* in, std::int32_t channel,
                  std::int32_t count, std::int8_t* out) {
  std::int32_t c = 0;
  for (; c + block <= count; c += block)
    run_block<one_input>(plan, pixel, in + (one_input ? 0 : c), channel + c, block, out + c);
  if (c < count) run_block<one_input>(plan, pixel, in + (one_input ? 0 : c), channel + c, count - c, out + c);
}

void run_pixel(const Plan& plan, const Pixel& pixel, std::int8_t* out) {
  const std::int32_t multiplier = plan.depth_multiplier;
  if (multiplier == 1) {
    run_channels<false>(plan, pixel, pixel.in, 0, plan.out.channels, out);
    return;
  }
  for (std::int32_t c = 0; c < plan.in.channels; ++c)
    run_channels<true>(plan, pixel, pixel.in + c, c * multiplier, multiplier, out + c * multiplier);
}

void run_plan(const Plan& plan) {
  std::int8_t* out = plan.out.data;
  for (std::int32_t n = 0; n < plan.out.batch; ++n) {
    const std::int8_t* image = plan.in.data + n * plan.in.pixels() * plan.in.channels;
    for (std::int32_t y = 0; y < plan.out.height; ++y) {
      Pixel pixel;
      pixel.rows = taps_of(plan.y, y);
      for (std::int32_t x = 0; x < plan.out.width; ++x, out += plan.out.channels) {
        pixel.columns = taps_of(plan.x, x);
        pixel.in = image;
        if (pixel.rows.first < pixel.rows.last && pixel.columns.first < pixel.columns.last) {
          const std::int32_t row = plan.y.start(y) + pixel.rows.first * plan.y.dilation;
          const std::int32_t column = plan.x.start(x) + pixel.columns.first * plan.x.dilation;
          pixel.in += (row * plan.in.width + column) * plan.in.channels;
        }
        run_pixel(plan, pixel, out);
      }
    }
  }
}

using Depthwise = QuantizedDepthwiseConv2dArgs<Layout::channels_last>;
using DepthwiseNhwc = QuantizedDepthwiseConv2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_depthwise_conv2d_out;
const Kernel cortex_m__quantized_depthwise_conv2d_out = kernel_row<Depthwise, Plan, make_plan<Depthwise>, run_plan>();
extern const Kernel cortex_m__quantized_depthwise_conv2d_nhwc_out;
const Kernel cortex_m__quantized_depthwise_conv2d_nhwc_out =
    kernel_row<DepthwiseNhwc, Plan, make_plan<DepthwiseNhwc>, run_plan>();

}  // namespace cortado::ops
