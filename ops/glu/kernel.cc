#include "ops/checks.h"
#include "ops/glu/contract.h"
#include "ops/strided.h"
#include "support/real_math.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<2> nest;  // out, a
  const float* a;
  float* out;
  std::int32_t to_b;  // elements from a to b
};

void run_plan(const Plan& plan) {
  const std::int32_t out_step = plan.nest.row_stride(0), a_step = plan.nest.row_stride(1);
  for_each_row(plan.nest, [&](const std::int32_t* offset) {
    const float* a = plan.a + offset[1];
    for (std::int32_t i = 0; i < plan.nest.row_size(); ++i, a += a_step) {
      const auto power = static_cast<float>(real::exp(-static_cast<double>(a[plan.to_b])));
      plan.out[offset[0] + i * out_step] = *a * (1.0f / (1.0f + power));
    }
  });
}

ErrorCode make_plan(const GluArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::f32)
      .dtype("out", args.out, DType::f32)
      .rank("out", args.out, args.self.rank)
      .that(args.self.rank > 0, "self must have a dimension");
  const std::size_t dim = check.dimension("dim", args.dim, args.self.rank);
  if (!check.ok()) return check.code();
  for (std::size_t i = 0; i < args.self.rank; ++i)
    check.equal("self", "'s size", args.self.size(i), std::int64_t{args.out.size(i)} * (i == dim ? 2 : 1));
  std::int32_t strides[2][max_rank] = {};
  strides_of(args.out, strides[0]);
  strides_of(args.self, strides[1]);
  plan.nest = make_nest(args.out.rank, args.out.sizes, strides);
  plan.a = args.self.as<float>();
  plan.out = args.out.as<float>();
  plan.to_b = strides[1][dim] * args.out.size(dim);
  return check.code();
}

}  // namespace

extern const Kernel aten__glu_out;
const Kernel aten__glu_out = kernel_row<GluArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
