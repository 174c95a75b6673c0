// The integer reference and the random cases of quantized_depthwise_conv2d.
#include "ops/case_row.h"
#include "ops/channel_factors.h"
#include "ops/convolution_reference.h"
#include "ops/depthwise_conv2d/contract.h"

namespace cortado::ops {
namespace {

template <class Args>
std::int64_t accumulate(const Args& args, std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t o) {
  const Image in = image_of(args.input, Args::layout);
  std::int64_t acc = args.bias.present ? args.bias.template as<std::int32_t>()[o] : 0;
  for (std::int32_t i = 0; i < args.weight.size(1); ++i)
    for (std::int32_t j = 0; j < args.weight.size(2); ++j) {
      const std::int64_t row = y * args.stride[0] - args.padding[0] + i * args.dilation[0];
      const std::int64_t column = x * args.stride[1] - args.padding[1] + j * args.dilation[1];
      if (row < 0 || row >= in.height || column < 0 || column >= in.width) continue;
      const std::int64_t at = ((n * in.height + row) * in.width + column) * in.channels + o / args.depth_multiplier;
      const std::int32_t weight_at = (i * args.weight.size(2) + j) * args.weight.size(3) + o;
      acc += (in.data[at] + args.input_offset) * args.weight.template as<std::int8_t>()[weight_at];
    }
  return acc;
}

template <class Args>
void reference(const Args& args) {
  convolution_reference(args, accumulate<Args>);
}

template <class Args>
bool make_case(CaseBuilder& builder, Args& args) {
  Random& random = builder.random;
  args.depth_multiplier = random.chance(3) ? random.between(2, 20) : 1;
  const std::int32_t channels = random.between(1, args.depth_multiplier == 1 ? 40 : 4);
  const std::int32_t outputs = channels * args.depth_multiplier;
  std::int64_t stride[2], padding[2], dilation[2];
  std::int32_t kernel[2], in[2], out[2];
  for (int d = 0; d < 2; ++d) {
    kernel[d] = random.between(1, 5);
    stride[d] = random.between(1, 3);
    padding[d] = random.chance(2) ? random.between(0, 3) : 0;
    dilation[d] = random.chance(3) ? random.between(2, 3) : 1;
    in[d] = random.between(1, 9);
    const auto span = static_cast<std::int32_t>(in[d] + 2 * padding[d] - (kernel[d] - 1) * dilation[d] - 1);
    if (span < 0) return false;
    out[d] = span / static_cast<std::int32_t>(stride[d]) + 1;
  }
  const std::int32_t batch = random.chance(4) ? 2 : 1;
  const std::int32_t weight[4] = {1, kernel[0], kernel[1], outputs};
  const std::int32_t no_scratch = 0;
  args.input = image_case(builder, Args::layout, batch, in[0], in[1], channels);
  args.weight = builder.tensor(DType::i8, weight, 4);
  args.stride = builder.list(stride, 2);
  args.padding = builder.list(padding, 2);
  args.dilation = builder.list(dilation, 2);
  args.input_offset = random.between(-127, 128);
  args.scratch = builder.tensor(DType::u8, &no_scratch, 1);
  args.out = image_case(builder, Args::layout, batch, out[0], out[1], outputs, true);
  return make_channel_output(builder, args, outputs) && builder.fits();
}

using Depthwise = QuantizedDepthwiseConv2dArgs<Layout::channels_last>;
using DepthwiseNhwc = QuantizedDepthwiseConv2dArgs<Layout::nhwc>;

}  // namespace

extern const CaseRow cortex_m__quantized_depthwise_conv2d_out_cases;
const CaseRow cortex_m__quantized_depthwise_conv2d_out_cases =
    case_row<Depthwise, reference<Depthwise>, make_case<Depthwise>>();
extern const CaseRow cortex_m__quantized_depthwise_conv2d_nhwc_out_cases;
const CaseRow cortex_m__quantized_depthwise_conv2d_nhwc_out_cases =
    case_row<DepthwiseNhwc, reference<DepthwiseNhwc>, make_case<DepthwiseNhwc>>();

}  // namespace cortado::ops
