#include "ops/avg_pool2d/contract.h"
#include "ops/pool.h"

namespace cortado::ops {
namespace {

template <class Args>
ErrorCode make_plan(const Args& args, Pool& plan, ErrorReport& report) {
  Check check(report);
  plan = checked_pool(check, args);
  // |sum| ≤ 128 · count stays far from overflow.
  check.range("kernel_size's area", std::int64_t{plan.y.kernel} * plan.x.kernel, 1, 1 << 23);
  return check.code();
}

constexpr std::int32_t block = 16;  // channels summed at a time

inline void run_block(const PoolPixel& pixel, const std::int8_t* in, std::int32_t channels, std::int32_t count,
                      std::int8_t* out) {
  std::int32_t sum[block] = {};
  for (std::int32_t i = 0; i < pixel.rows; ++i, in += pixel.row_step) {
    const std::int8_t* tap = in;
    for (std::int32_t j = 0; j < pixel.columns; ++j, tap += channels)
      for (std::int32_t c = 0; c < count; ++c) sum[c] += tap[c];
  }
  const std::int32_t taps = pixel.rows * pixel.columns;
  const std::int32_t half = taps / 2;
  for (std::int32_t c = 0; c < count; ++c)
    out[c] = static_cast<std::int8_t>((sum[c] > 0 ? sum[c] + half : sum[c] - half) / taps);
}

void run_plan(const Pool& plan) {
  const std::int32_t channels = plan.in.channels;
  for_each_pixel(plan, [&](const PoolPixel& pixel, std::int8_t* out) {
    std::int32_t c = 0;
    for (; c + block <= channels; c += block) run_block(pixel, pixel.in + c, channels, block, out + c);
    if (c < channels) run_block(pixel, pixel.in + c, channels, channels - c, out + c);
  });
}

using AvgPool = QuantizedAvgPool2dArgs<Layout::channels_last>;
using AvgPoolNhwc = QuantizedAvgPool2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_avg_pool2d_out;
const Kernel cortex_m__quantized_avg_pool2d_out = kernel_row<AvgPool, Pool, make_plan<AvgPool>, run_plan>();
extern const Kernel cortex_m__quantized_avg_pool2d_nhwc_out;
const Kernel cortex_m__quantized_avg_pool2d_nhwc_out = kernel_row<AvgPoolNhwc, Pool, make_plan<AvgPoolNhwc>, run_plan>();

}  // namespace cortado::ops
