#include "ops/checks.h"
#include "ops/float_softmax/contract.h"
#include "ops/strided.h"
#include "support/real_math.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<2> rows;  // out, self: where the rows begin
  const float* self;
  float* out;
  std::int32_t length, self_step, out_step;
};

float exponential(float x) { return static_cast<float>(real::exp(static_cast<double>(x))); }

template <bool is_logarithm>
void run_row(const Plan& plan, const float* x, float* y) {
  float highest = x[0];
  for (std::int32_t i = 1; i < plan.length; ++i)
    if (!(x[i * plan.self_step] < highest)) highest = x[i * plan.self_step];
  float sum = 0;
  for (std::int32_t i = 0; i < plan.length; ++i) {
    const float distance = x[i * plan.self_step] - highest, power = exponential(distance);
    sum += power;
    y[i * plan.out_step] = is_logarithm ? distance : power;
  }
  const float logarithm = is_logarithm ? static_cast<float>(real::log(static_cast<double>(sum))) : 0.0f;
  for (std::int32_t i = 0; i < plan.length; ++i) {
    float& value = y[i * plan.out_step];
    value = is_logarithm ? value - logarithm : value / sum;
  }
}

template <bool is_logarithm>
void run_plan(const Plan& plan) {
  const std::int32_t out_step = plan.rows.row_stride(0), self_step = plan.rows.row_stride(1);
  for_each_row(plan.rows, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.rows.row_size(); ++i)
      run_row<is_logarithm>(plan, plan.self + offset[1] + i * self_step, plan.out + offset[0] + i * out_step);
  });
}

CORTADO_RARELY_RUN ErrorCode make_plan(const Tensor& self, std::int64_t dim_argument, bool half_to_float,
                                       const Tensor& out, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", self, DType::f32)
      .dtype("out", out, DType::f32)
      .that(same_sizes(self, out), "out must have the sizes of self")
      .that(!half_to_float, "half_to_float must be false");
  const std::size_t dim = check.dimension("dim", dim_argument, self.rank);
  if (!check.ok()) return check.code();
  std::int32_t strides[2][max_rank] = {};
  std::int32_t sizes[max_rank] = {1};
  strides_of(out, strides[0]);
  strides_of(self, strides[1]);
  for (std::size_t i = 0; i < self.rank; ++i) sizes[i] = self.size(i);
  plan.self = self.as<float>();
  plan.out = out.as<float>();
  plan.length = sizes[dim];
  plan.out_step = strides[0][dim];
  plan.self_step = strides[1][dim];
  if (sizes[dim] != 0) sizes[dim] = 1;
  plan.rows = make_nest(self.rank, sizes, strides);
  return check.code();
}

template <class Kind>
ErrorCode make_plan(const FloatSoftmaxArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  return make_plan(args.self, args.dim, args.half_to_float, args.out, plan, report);
}

}  // namespace

extern const Kernel aten___softmax_out, aten___log_softmax_out;
const Kernel aten___softmax_out = kernel_row<FloatSoftmaxArgs<Softmax>, Plan, make_plan<Softmax>, run_plan<false>>();
const Kernel aten___log_softmax_out =
    kernel_row<FloatSoftmaxArgs<LogSoftmax>, Plan, make_plan<LogSoftmax>, run_plan<true>>();

}  // namespace cortado::ops
