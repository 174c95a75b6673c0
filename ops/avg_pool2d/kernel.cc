#include "ops/avg_pool2d/average.h"
#include "ops/avg_pool2d/contract.h"

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

void run_plan(const Pool& plan) {
  const std::int32_t channels = plan.in.channels;
  for_each_pixel(plan, [&](const auto& pixel, std::int8_t* out) { average(pixel, channels, out); });
}

using AvgPool = QuantizedAvgPool2dArgs<Layout::channels_last>;
using AvgPoolNhwc = QuantizedAvgPool2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_avg_pool2d_out;
const Kernel cortex_m__quantized_avg_pool2d_out = kernel_row<AvgPool, Pool, make_plan<AvgPool>, run_plan>();
extern const Kernel cortex_m__quantized_avg_pool2d_nhwc_out;
const Kernel cortex_m__quantized_avg_pool2d_nhwc_out =
    kernel_row<AvgPoolNhwc, Pool, make_plan<AvgPoolNhwc>, run_plan>();

}  // namespace cortado::ops
