#include <initializer_list>

#include "ops/checks.h"
#include "ops/float_convolution/contract.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

// A spatial dimension; those that are not there have one element. Transposed, `input` and `output` are the tensors' all
// the same, and every in_step-th input that reaches an output does so by taps tap_step apart.
struct Axis : Window {
  std::int32_t in_stride = 0, weight_stride = 0, out_stride = 0;
  std::int32_t in_step = 1, tap_step = 1;
};

struct Plan {
  const float *in, *weight, *bias;
  float* out;
  std::int32_t batch, groups, inputs, outputs;  // channels of a group
  std::int32_t in_batch, in_channel, out_batch, out_channel, weight_group, weight_in, weight_out;  // strides
  Axis axis[3];
  bool transposed;
};

// What one output position reads along an axis: elements of the input and of the kernel, evenly apart.
struct Steps {
  std::int32_t count, in, tap;
};

Steps forward_steps(const Axis& axis, std::int32_t o) {
  const Taps taps = taps_of(axis, o);
  return {taps.last - taps.first, axis.start(o) + taps.first * axis.dilation, taps.first};
}

Steps transposed_steps(const Axis& axis, std::int32_t o) {
  const std::int32_t at = o + axis.padding;
  const std::int32_t low = at - (axis.kernel - 1) * axis.dilation;
  std::int32_t first = low > 0 ? (low + axis.stride - 1) / axis.stride : 0;
  const std::int32_t last = at / axis.stride < axis.input ? at / axis.stride : axis.input - 1;
  for (std::int32_t i = 0; i < axis.in_step; ++i, ++first) {
    if (first > last) break;
    const std::int32_t distance = at - first * axis.stride;
    if (distance % axis.dilation == 0) return {(last - first) / axis.in_step + 1, first, distance / axis.dilation};
  }
  return {0, 0, 0};
}

// A loop of the sum, with the strides of input and weight.
struct Loop {
  std::int32_t count, in, weight;
};

float sum(const Loop (&loop)[4], const float* in, const float* weight, float total) {
  for (std::int32_t a = 0; a < loop[0].count; ++a)
    for (std::int32_t b = 0; b < loop[1].count; ++b)
      for (std::int32_t c = 0; c < loop[2].count; ++c) {
        const float* x = in + a * loop[0].in + b * loop[1].in + c * loop[2].in;
        const float* w = weight + a * loop[0].weight + b * loop[1].weight + c * loop[2].weight;
        for (std::int32_t d = 0; d < loop[3].count; ++d) total += x[d * loop[3].in] * w[d * loop[3].weight];
      }
  return total;
}

void run_channel(const Plan& plan, const float* in, const float* weight, float bias, float* out) {
  const auto steps_of = plan.transposed ? transposed_steps : forward_steps;
  const std::size_t first =
      plan.transposed ? 0 : 1;  // the spatial loops of the sum; the channels are outside or inside
  Loop loop[4];
  loop[plan.transposed ? 3 : 0] = {plan.inputs, plan.in_channel, plan.weight_in};
  std::int32_t at[3];
  Steps steps[3];
  const auto enter = [&](std::size_t i) {
    const Axis& axis = plan.axis[i];
    steps[i] = steps_of(axis, at[i]);
    loop[first + i] = {steps[i].count, axis.in_step * axis.in_stride, axis.tap_step * axis.weight_stride};
  };
  for (at[0] = 0; at[0] < plan.axis[0].output; ++at[0]) {
    enter(0);
    for (at[1] = 0; at[1] < plan.axis[1].output; ++at[1]) {
      enter(1);
      for (at[2] = 0; at[2] < plan.axis[2].output; ++at[2]) {
        enter(2);
        const float* x = in;
        const float* w = weight;
        float* y = out;
        for (std::size_t i = 0; i < 3; ++i) {
          x += steps[i].in * plan.axis[i].in_stride;
          w += steps[i].tap * plan.axis[i].weight_stride;
          y += at[i] * plan.axis[i].out_stride;
        }
        *y = plan.transposed ? sum(loop, x, w, bias) : sum(loop, x, w, 0.0f);
        if (!plan.transposed && plan.bias != nullptr) *y += bias;
      }
    }
  }
}

void run_plan(const Plan& plan) {
  for (std::int32_t n = 0; n < plan.batch; ++n)
    for (std::int32_t g = 0; g < plan.groups; ++g)
      for (std::int32_t o = 0; o < plan.outputs; ++o) {
        const std::int32_t channel = g * plan.outputs + o;
        run_channel(plan, plan.in + n * plan.in_batch + g * plan.inputs * plan.in_channel,
                    plan.weight + g * plan.weight_group + o * plan.weight_out,
                    plan.bias == nullptr ? 0.0f : plan.bias[channel],
                    plan.out + n * plan.out_batch + channel * plan.out_channel);
      }
}

std::int32_t common_divisor(std::int32_t a, std::int32_t b) { return b == 0 ? a : common_divisor(b, a % b); }

void check_transposed_axis(Check& check, Axis& axis, std::int64_t input, std::int64_t output, std::int64_t kernel,
                           const ConvolutionArgs& args, std::size_t i) {
  const std::int64_t stride = entry(args.stride, i, 1), padding = entry(args.padding, i, 0);
  const std::int64_t dilation = entry(args.dilation, i, 1), extra = entry(args.output_padding, i, 0);
  static_cast<Window&>(axis) = bounded_window(check, input, output, kernel, stride, padding, dilation);
  check.range("output_padding", extra, 0, 1 << 14);
  if (!check.ok()) return;
  check.equal("out", "'s size along a window", output,
              (input - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1);
  const std::int32_t divisor = common_divisor(axis.stride, axis.dilation);
  axis.in_step = axis.dilation / divisor;
  axis.tap_step = -(axis.stride / divisor);
}

CORTADO_RARELY_RUN void check_axes(Check& check, const ConvolutionArgs& args, Plan& plan) {
  std::int32_t in[max_rank], weight[max_rank], out[max_rank];
  strides_of(args.input, in);
  strides_of(args.weight, weight);
  strides_of(args.out, out);
  const std::size_t spatial = args.input.rank - 2u;
  for (std::size_t i = 0; i < 3; ++i) plan.axis[i].input = plan.axis[i].output = 1;
  for (std::size_t i = 0; i < spatial && check.ok(); ++i) {
    Axis& axis = plan.axis[3 - spatial + i];
    const std::int32_t input = args.input.size(i + 2), output = args.out.size(i + 2), kernel = args.weight.size(i + 2);
    if (args.transposed) {
      check_transposed_axis(check, axis, input, output, kernel, args, i);
    } else {
      static_cast<Window&>(axis) = checked_window(check, input, output, kernel, entry(args.stride, i, 1),
                                                  entry(args.padding, i, 0), entry(args.dilation, i, 1));
      axis.in_step = axis.dilation;
    }
    axis.in_stride = in[i + 2];
    axis.weight_stride = weight[i + 2];
    axis.out_stride = out[i + 2];
  }
  plan.in_batch = in[0];
  plan.in_channel = in[1];
  plan.out_batch = out[0];
  plan.out_channel = out[1];
  plan.weight_in = weight[args.transposed ? 0 : 1];
  plan.weight_out = weight[args.transposed ? 1 : 0];
  plan.weight_group = weight[0] * (args.transposed ? plan.inputs : plan.outputs);
}

CORTADO_RARELY_RUN void check_channels(Check& check, const ConvolutionArgs& args, Plan& plan) {
  const std::int64_t groups = args.groups, rows = args.weight.size(0), columns = args.weight.size(1);
  check.range("groups", groups, 1, INT32_MAX).equal("out", "'s batch", args.out.size(0), args.input.size(0));
  if (!check.ok()) return;
  check.equal("weight", "'s rows beyond whole groups", rows % groups, 0)
      .equal("input", "'s channels", args.input.size(1), args.transposed ? rows : columns * groups)
      .equal("out", "'s channels", args.out.size(1), args.transposed ? columns * groups : rows);
  if (args.bias.present)
    check.dtype("bias", args.bias, DType::f32)
        .rank("bias", args.bias, 1)
        .equal("bias", "'s length", static_cast<std::int64_t>(args.bias.elements()), args.out.size(1));
  plan.batch = args.input.size(0);
  plan.groups = static_cast<std::int32_t>(groups);
  plan.inputs = static_cast<std::int32_t>(args.transposed ? rows / groups : columns);
  plan.outputs = static_cast<std::int32_t>(args.transposed ? columns : rows / groups);
}

ErrorCode make_plan(const ConvolutionArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::f32)
      .dtype("weight", args.weight, DType::f32)
      .dtype("out", args.out, DType::f32)
      .range("input rank", args.input.rank, 3, 5)
      .rank("weight", args.weight, args.input.rank)
      .rank("out", args.out, args.input.rank);
  for (const IntList* list : {&args.stride, &args.padding, &args.dilation, &args.output_padding})
    check.that(list->count < 2 || list->count + 2 == args.input.rank,
               "stride, padding and dilation must have one number per dimension");
  if (!check.ok()) return check.code();
  check_channels(check, args, plan);
  if (!check.ok()) return check.code();
  check_axes(check, args, plan);
  plan.in = args.input.as<float>();
  plan.weight = args.weight.as<float>();
  plan.bias = args.bias.present ? args.bias.as<float>() : nullptr;
  plan.out = args.out.as<float>();
  plan.transposed = args.transposed;
  return check.code();
}

}  // namespace

extern const Kernel aten__convolution_out;
const Kernel aten__convolution_out = kernel_row<ConvolutionArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
