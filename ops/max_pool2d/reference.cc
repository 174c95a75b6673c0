// The integer reference and the random cases of quantized_max_pool2d.
#include "ops/case_row.h"
#include "ops/max_pool2d/contract.h"
#include "ops/pool.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

template <class Args>
std::int32_t maximum(const Args& args, std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t c) {
  const Image in = image_of(args.input, Args::layout);
  std::int32_t best = INT32_MIN;
  for (std::int64_t i = 0; i < args.kernel_size[0]; ++i)
    for (std::int64_t j = 0; j < args.kernel_size[1]; ++j) {
      const std::int64_t row = y * args.stride[0] - args.padding[0] + i;
      const std::int64_t column = x * args.stride[1] - args.padding[1] + j;
      if (row < 0 || row >= in.height || column < 0 || column >= in.width) continue;
      const std::int32_t value = in.data[((n * in.height + row) * in.width + column) * in.channels + c];
      best = value > best ? value : best;
    }
  return best;
}

template <class Args>
void reference(const Args& args) {
  const Image out = image_of(args.out, Args::layout);
  for (std::int32_t n = 0; n < out.batch; ++n)
    for (std::int32_t y = 0; y < out.height; ++y)
      for (std::int32_t x = 0; x < out.width; ++x)
        for (std::int32_t c = 0; c < out.channels; ++c)
          out.data[((n * out.height + y) * out.width + x) * out.channels + c] =
              static_cast<std::int8_t>(clamp(maximum(args, n, y, x, c), args.activation_min, args.activation_max));
}

template <class Args>
bool make_case(CaseBuilder& builder, Args& args) {
  Random& random = builder.random;
  constexpr std::int64_t ones[2] = {1, 1};
  args.ceil_mode = random.chance(2);
  args.dilation = builder.list(ones, 2);
  args.input_zero_point = args.output_zero_point = random.between(-128, 127);
  args.activation_min = random.chance(2) ? -128 : random.between(-128, 0);
  args.activation_max = random.chance(2) ? 127 : random.between(0, 127);
  return make_pool_case(builder, args);
}

using MaxPool = QuantizedMaxPool2dArgs<Layout::channels_last>;
using MaxPoolNhwc = QuantizedMaxPool2dArgs<Layout::nhwc>;

}  // namespace

extern const CaseRow cortex_m__quantized_max_pool2d_out_cases;
const CaseRow cortex_m__quantized_max_pool2d_out_cases = case_row<MaxPool, reference<MaxPool>, make_case<MaxPool>>();
extern const CaseRow cortex_m__quantized_max_pool2d_nhwc_out_cases;
const CaseRow cortex_m__quantized_max_pool2d_nhwc_out_cases =
    case_row<MaxPoolNhwc, reference<MaxPoolNhwc>, make_case<MaxPoolNhwc>>();

}  // namespace cortado::ops
