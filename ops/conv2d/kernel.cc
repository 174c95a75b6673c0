#include "ops/channel_factors.h"
#include "ops/conv2d/contract.h"
#include "ops/convolution_checks.h"
#include "ops/dot.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

struct Plan {
  Image in, out;
  const std::int8_t* weight;
  ChannelOutput output;
  Window y, x;
  std::int32_t group_channels;      // channels of the input that one output sees
  std::int32_t group_outputs;       // output channels of a group
  std::int32_t input_offset;
};

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  plan.in = checked_image(check, "input", args.input, Args::layout);
  plan.out = checked_image(check, "out", args.out, Args::layout);
  check_convolution(check, args);
  if (!check.ok()) return check.code();
  const Tensor& weight = args.weight;
  plan.y = checked_window(check, plan.in.height, plan.out.height, weight.size(1), args.stride[0], args.padding[0],
                          args.dilation[0]);
  plan.x = checked_window(check, plan.in.width, plan.out.width, weight.size(2), args.stride[1], args.padding[1],
                          args.dilation[1]);
  plan.output = checked_channel_output(check, args, plan.out.channels);
  plan.group_channels = weight.size(3);
  check.equal("out", "'s batch", plan.out.batch, plan.in.batch)
      .equal("weight", "'s output channels", weight.size(0), plan.out.channels)
      .range("weight's input channels", plan.group_channels, 1, plan.in.channels);
  if (!check.ok()) return check.code();
  const std::int32_t groups = plan.in.channels / plan.group_channels;
  check.that(plan.in.channels % plan.group_channels == 0, "weight's input channels must divide those of input")
      .that(plan.out.channels % groups == 0, "the groups must divide out's channels");
  plan.group_outputs = plan.out.channels / groups;
  plan.weight = weight.as<std::int8_t>();
  plan.input_offset = args.input_offset;
  return check.code();
}

// A patch of taps as dot products of contiguous runs: all taps of a row at once where they touch, else tap by tap.
struct Patch {
  const Plan& plan;
  std::int32_t row_step, tap_step;  // in the input, in elements
  bool joined;

  explicit Patch(const Plan& p)
      : plan(p), row_step(p.y.dilation * p.in.width * p.in.channels), tap_step(p.x.dilation * p.in.channels),
        joined(p.x.dilation == 1 && p.group_channels == p.in.channels) {}

  // Σ x · w over taps; x is at tap (rows.first, columns.first), w the kernel of one output channel.
  std::int32_t products(const std::int8_t* x, const std::int8_t* w, Taps rows, Taps columns) const {
    const std::int32_t channels = plan.group_channels, taps = columns.last - columns.first;
    std::int32_t acc = 0;
    for (std::int32_t i = rows.first; i < rows.last; ++i, x += row_step) {
      const std::int8_t* run = w + (i * plan.x.kernel + columns.first) * channels;
      if (joined) {
        acc = wrapping_add(acc, dot(x, run, taps * channels));
      } else {
        const std::int8_t* tap = x;
        for (std::int32_t j = 0; j < taps; ++j, tap += tap_step, run += channels)
          acc = wrapping_add(acc, dot(tap, run, channels));
      }
    }
    return acc;
  }
  // Σ w over the same taps, times the input's offset.
  std::int32_t offset_part(const std::int8_t* w, Taps rows, Taps columns) const {
    std::int32_t acc = 0;
    for (std::int32_t i = rows.first; i < rows.last; ++i)
      acc = wrapping_add(acc, sum(w + (i * plan.x.kernel + columns.first) * plan.group_channels,
                                  (columns.last - columns.first) * plan.group_channels));
    return wrapping_multiply(acc, plan.input_offset);
  }
};

// One row of one output channel. `image` is the first channel that the output sees, `out` the row's first element.
void run_row(const Patch& patch, const std::int8_t* image, std::int32_t y, std::int32_t channel, Interior interior,
             std::int8_t* out) {
  const Plan& plan = patch.plan;
  const std::int8_t* w = plan.weight + channel * plan.y.kernel * plan.x.kernel * plan.group_channels;
  const Taps rows = taps_of(plan.y, y);
  const std::int32_t bias = plan.output.start(channel);
  const std::int8_t* line = image;
  if (rows.first < rows.last)
    line += (plan.y.start(y) + rows.first * plan.y.dilation) * plan.in.width * plan.in.channels;
  const auto at_border = [&](std::int32_t x) {
    const Taps columns = taps_of(plan.x, x);
    std::int32_t acc = bias;
    if (columns.first < columns.last && rows.first < rows.last) {
      const std::int8_t* from = line + (plan.x.start(x) + columns.first * plan.x.dilation) * plan.in.channels;
      acc = wrapping_add(acc, patch.products(from, w, rows, columns));
      acc = wrapping_add(acc, patch.offset_part(w, rows, columns));
    }
    out[x * plan.out.channels] = plan.output.finish(acc, channel);
  };
  for (std::int32_t x = 0; x < interior.begin; ++x) at_border(x);
  const Taps all = {0, plan.x.kernel};
  const std::int32_t start = wrapping_add(bias, patch.offset_part(w, rows, all));
  for (std::int32_t x = interior.begin; x < interior.end; ++x) {
    const std::int8_t* from = line + plan.x.start(x) * plan.in.channels;
    const std::int32_t acc = wrapping_add(start, patch.products(from, w, rows, all));
    out[x * plan.out.channels] = plan.output.finish(acc, channel);
  }
  for (std::int32_t x = interior.end; x < plan.out.width; ++x) at_border(x);
}

void run_plan(const Plan& plan) {
  const Patch patch(plan);
  const Interior interior = interior_of(plan.x);
  for (std::int32_t n = 0; n < plan.out.batch; ++n) {
    const std::int8_t* image = plan.in.data + n * plan.in.pixels() * plan.in.channels;
    std::int8_t* out = plan.out.data + n * plan.out.pixels() * plan.out.channels;
    for (std::int32_t group = 0, channel = 0; channel < plan.out.channels; ++group)
      for (std::int32_t o = 0; o < plan.group_outputs; ++o, ++channel)
        for (std::int32_t y = 0; y < plan.out.height; ++y)
          run_row(patch, image + group * plan.group_channels, y, channel, interior,
                  out + y * plan.out.width * plan.out.channels + channel);
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
