// The integer reference and the random cases of quantized_avg_pool2d.
#include "ops/avg_pool2d/contract.h"
#include "ops/case_row.h"
#include "ops/pool.h"

namespace cortado::ops {
namespace {

template <class Args>
std::int8_t mean(const Args& args, std::int32_t n, std::int32_t y, std::int32_t x, std::int32_t c) {
  const Image in = image_of(args.input, Args::layout);
  std::int64_t sum = 0, count = 0;
  for (std::int64_t i = 0; i < args.kernel_size[0]; ++i)
    for (std::int64_t j = 0; j < args.kernel_size[1]; ++j) {
      const std::int64_t row = y * args.stride[0] - args.padding[0] + i;
      const std::int64_t column = x * args.stride[1] - args.padding[1] + j;
      if (row < 0 || row >= in.height || column < 0 || column >= in.width) continue;
      sum += in.data[((n * in.height + row) * in.width + column) * in.channels + c];
      ++count;
    }
  return static_cast<std::int8_t>(sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count);
}

template <class Args>
void reference(const Args& args) {
  const Image out = image_of(args.out, Args::layout);
  for (std::int32_t n = 0; n < out.batch; ++n)
    for (std::int32_t y = 0; y < out.height; ++y)
      for (std::int32_t x = 0; x < out.width; ++x)
        for (std::int32_t c = 0; c < out.channels; ++c)
          out.data[((n * out.height + y) * out.width + x) * out.channels + c] = mean(args, n, y, x, c);
}

template <class Args>
bool make_case(CaseBuilder& builder, Args& args) {
  const std::int32_t no_scratch = 0;
  args.ceil_mode = builder.random.chance(2);
  args.scratch = builder.tensor(DType::u8, &no_scratch, 1);
  return make_pool_case(builder, args);
}

using AvgPool = QuantizedAvgPool2dArgs<Layout::channels_last>;
using AvgPoolNhwc = QuantizedAvgPool2dArgs<Layout::nhwc>;

}  // namespace

extern const CaseRow cortex_m__quantized_avg_pool2d_out_cases;
const CaseRow cortex_m__quantized_avg_pool2d_out_cases = case_row<AvgPool, reference<AvgPool>, make_case<AvgPool>>();
extern const CaseRow cortex_m__quantized_avg_pool2d_nhwc_out_cases;
const CaseRow cortex_m__quantized_avg_pool2d_nhwc_out_cases =
    case_row<AvgPoolNhwc, reference<AvgPoolNhwc>, make_case<AvgPoolNhwc>>();

}  // namespace cortado::ops
