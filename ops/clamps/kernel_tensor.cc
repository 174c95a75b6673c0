#include "ops/checks.h"
#include "ops/clamps/contract.h"
#include "ops/element.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<4> nest;                   // out, self, min, max
  const void *self, *low, *high;  // low and high null: no limit
  void* out;
  DType self_type, low_type, high_type, out_type;
  bool in_reals;
};

ErrorCode plan_clamp_tensor(const ClampTensorArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const Tensor& low = args.min.present ? static_cast<const Tensor&>(args.min) : args.self;
  const Tensor& high = args.max.present ? static_cast<const Tensor&>(args.max) : args.self;
  for (const Tensor* tensor : {&args.self, &low, &high, &args.out}) {
    check.that(has_type(tensor->dtype), "this element type has no order");
    check.that(check.ok() && broadcasts_to(*tensor, args.out), "the operands do not broadcast to out");
  }
  plan.in_reals = is_float(args.self.dtype) || is_float(low.dtype) || is_float(high.dtype);
  check.that(is_float(args.out.dtype) || !plan.in_reals, "out must have the common type of the operands");
  if (!check.ok()) return check.code();
  std::int32_t strides[4][max_rank] = {};
  strides_of(args.out, strides[0]);
  broadcast_strides(args.self, args.out, strides[1]);
  broadcast_strides(low, args.out, strides[2]);
  broadcast_strides(high, args.out, strides[3]);
  plan.nest = make_nest(args.out.rank, args.out.sizes, strides);
  plan.self = args.self.data;
  plan.low = args.min.present ? low.data : nullptr;
  plan.high = args.max.present ? high.data : nullptr;
  plan.out = args.out.data;
  plan.self_type = args.self.dtype;
  plan.low_type = low.dtype;
  plan.high_type = high.dtype;
  plan.out_type = args.out.dtype;
  return check.code();
}

// A NaN stays, and one in a limit comes through.
Number limited(const Plan& plan, Number x, const Number& limit, bool is_low) {
  if (!plan.in_reals) {
    if (is_low ? x.integer < limit.integer : x.integer > limit.integer) x.integer = limit.integer;
    return x;
  }
  const double y = limit.as_real();
  double value = x.as_real();
  if (value == value && (y != y || (is_low ? value < y : value > y))) value = y;
  x.is_integer = false;
  x.real = value;
  return x;
}

void run_clamp_tensor(const Plan& plan) {
  const Nest<4>& nest = plan.nest;
  for_each_row(nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < nest.row_size(); ++i) {
      Number x = load_number(plan.self_type, plan.self, offset[1] + i * nest.row_stride(1));
      if (plan.low != nullptr)
        x = limited(plan, x, load_number(plan.low_type, plan.low, offset[2] + i * nest.row_stride(2)), true);
      if (plan.high != nullptr)
        x = limited(plan, x, load_number(plan.high_type, plan.high, offset[3] + i * nest.row_stride(3)), false);
      store_number(plan.out_type, plan.out, offset[0] + i * nest.row_stride(0), x);
    }
  });
}

}  // namespace

extern const Kernel aten__clamp_Tensor_out;
const Kernel aten__clamp_Tensor_out = kernel_row<ClampTensorArgs, Plan, plan_clamp_tensor, run_clamp_tensor>();

}  // namespace cortado::ops
