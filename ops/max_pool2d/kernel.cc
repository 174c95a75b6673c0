#include "ops/max_pool2d/contract.h"
#include "ops/max_pool2d/maximum.h"

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
  for_each_pixel(plan.pool, [&](const auto& pixel, std::int8_t* out) {
    maximum(pixel, plan.pool.in.channels, plan.activation_min, plan.activation_max, out);
  });
}

using MaxPool = QuantizedMaxPool2dArgs<Layout::channels_last>;
using MaxPoolNhwc = QuantizedMaxPool2dArgs<Layout::nhwc>;

}  // namespace

extern const Kernel cortex_m__quantized_max_pool2d_out;
const Kernel cortex_m__quantized_max_pool2d_out = kernel_row<MaxPool, Plan, make_plan<MaxPool>, run_plan>();
extern const Kernel cortex_m__quantized_max_pool2d_nhwc_out;
const Kernel cortex_m__quantized_max_pool2d_nhwc_out =
    kernel_row<MaxPoolNhwc, Plan, make_plan<MaxPoolNhwc>, run_plan>();

}  // namespace cortado::ops
