#include "ops/max_pool2d/contract.h"
#include "ops/pool.h"

namespace cortado::ops {
namespace {

struct Plan {
  Pool pool;
  std::int8_t activation_min, activation_max;
};

template <class Args>
ErrorCode make_plan(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  plan.pool = checked_pool(check, args);
  check.equal("dilation", "'s length", args.dilation.count, 2);
  if (!check.ok()) return check.code();
  check.equal("dilation", "", args.dilation[0], 1)
      .equal("dilation", "", args.dilation[1], 1)
      .equal("output_zero_point", "", args.output_zero_point, args.input_zero_point)
      .activation(args.activation_min, args.activation_max);
  plan.activation_min = static_cast<std::int8_t>(args.activation_min);
  plan.activation_max = static_cast<std::int8_t>(args.activation_max);
  return check.code();
}

void run_plan(const Plan& plan) {
  const std::int32_t channels = plan.pool.in.channels;
  const std::int8_t low = plan.activation_min, high = plan.activation_max;
  for_each_pixel(plan.pool, [=](const PoolPixel& pixel, std::int8_t* __restrict out) {
    const std::int8_t* row = pixel.in;
    // Starting at the lower limit clamps from below.
    for (std::int32_t c = 0; c < channels; ++c) out[c] = low;
    for (std::int32_t i = 0; i < pixel.rows; ++i, row += pixel.row_step) {
      const std::int8_t* tap = row;
      for (std::int32_t j = 0; j < pixel.columns; ++j, tap += channels)
        for (std::int32_t c = 0; c < channels; ++c) out[c] = tap[c] > out[c] ? tap[c] : out[c];
    }
    for (std::int32_t c = 0; c < channels; ++c) out[c] = out[c] < high ? out[c] : high;
  });
}

using MaxPool = QuantizedMaxPool2dArgs<Layout::channels_last>;
using MaxPoolNhwc = QuantizedMaxPool2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_max_pool2d_out;
const Kernel cortex_m__quantized_max_pool2d_out = kernel_row<MaxPool, Plan, make_plan<MaxPool>, run_plan>();
extern const Kernel cortex_m__quantized_max_pool2d_nhwc_out;
const Kernel cortex_m__quantized_max_pool2d_nhwc_out = kernel_row<MaxPoolNhwc, Plan, make_plan<MaxPoolNhwc>, run_plan>();

}  // namespace cortado::ops
