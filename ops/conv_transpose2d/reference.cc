// The integer reference and the random cases of quantized_transpose_conv2d.
#include "ops/case_row.h"
#include "ops/channel_factors.h"
#include "ops/conv_transpose2d/contract.h"
#include "ops/convolution_reference.h"

namespace cortado::ops {
namespace {

// Asks every input pixel and tap whether it falls on the output (y, x).
template <class Args>
std::int64_t accumulate(const Args& args, std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t o) {
  const Image in = image_of(args.input, Args::layout);
  std::int64_t acc = args.bias.present ? args.bias.template as<std::int32_t>()[o] : 0;
  for (std::int32_t u = 0; u < in.height; ++u)
    for (std::int32_t v = 0; v < in.width; ++v)
      for (std::int32_t i = 0; i < args.weight.size(1); ++i)
        for (std::int32_t j = 0; j < args.weight.size(2); ++j) {
          if (u * args.stride[0] - args.padding[0] + i != y || v * args.stride[1] - args.padding[1] + j != x) continue;
          for (std::int32_t c = 0; c < in.channels; ++c)
            acc += (in.data[((n * in.height + u) * in.width + v) * in.channels + c] + args.input_offset) *
                   args.weight.template as<
                       std::int8_t>()[((o * args.weight.size(1) + i) * args.weight.size(2) + j) * in.channels + c];
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
  std::int64_t stride[2], padding[2], output_padding[2];
  constexpr std::int64_t dilation[2] = {1, 1};
  std::int32_t kernel[2], in[2], out[2];
  for (int d = 0; d < 2; ++d) {
    kernel[d] = random.between(1, 4);
    stride[d] = random.between(1, 3);
    padding[d] = random.between(0, 2);
    output_padding[d] = random.between(0, static_cast<std::int32_t>(stride[d]) - 1);
    in[d] = random.between(1, 5);
    out[d] = static_cast<std::int32_t>((in[d] - 1) * stride[d] - 2 * padding[d] + kernel[d] + output_padding[d]);
    if (out[d] < 1) return false;
  }
  const std::int32_t batch = random.chance(3) ? 2 : 1;
  const std::int32_t channels = random.between(1, 20), outputs = random.between(1, 5), no_scratch = 0;
  const std::int32_t weight[4] = {outputs, kernel[0], kernel[1], channels};
  args.input = image_case(builder, Args::layout, batch, in[0], in[1], channels);
  args.weight = builder.tensor(DType::i8, weight, 4);
  args.stride = builder.list(stride, 2);
  args.padding = builder.list(padding, 2);
  args.output_padding = builder.list(output_padding, 2);
  args.dilation = builder.list(dilation, 2);
  args.input_offset = random.between(-127, 128);
  args.scratch = args.output_scratch = builder.tensor(DType::u8, &no_scratch, 1);
  args.out = image_case(builder, Args::layout, batch, out[0], out[1], outputs, true);
  return make_channel_output(builder, args, outputs) && builder.fits();
}

using TransposeConv = QuantizedTransposeConv2dArgs<Layout::channels_last>;
using TransposeConvNhwc = QuantizedTransposeConv2dArgs<Layout::nhwc>;

}  // namespace

extern const CaseRow cortex_m__quantized_transpose_conv2d_out_cases,
    cortex_m__quantized_transpose_conv2d_nhwc_out_cases;
const CaseRow cortex_m__quantized_transpose_conv2d_out_cases =
    case_row<TransposeConv, reference<TransposeConv>, make_case<TransposeConv>>();
const CaseRow cortex_m__quantized_transpose_conv2d_nhwc_out_cases =
    case_row<TransposeConvNhwc, reference<TransposeConvNhwc>, make_case<TransposeConvNhwc>>();

}  // namespace cortado::ops
