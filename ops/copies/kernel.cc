#include "ops/checks.h"
#include "ops/copies/contract.h"
#include "ops/element.h"
#include "ops/strided_copy.h"

namespace cortado::ops {
namespace {

struct Plan {
  StridedCopy copy;
  DType from, to;
};

ErrorCode plan_copy(const Tensor& from, const Tensor& to, bool converts, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(broadcasts_to(from, to), "the input does not broadcast to out");
  if (converts)
    check.that(from.dtype == to.dtype || (has_type(from.dtype) && has_type(to.dtype)),
               "no conversion between these element types");
  else
    check.dtype("out", to, from.dtype);
  if (!check.ok()) return check.code();
  plan.copy.nest = unary_nest(to, from);
  plan.copy.to = to.data;
  plan.copy.from = from.data;
  plan.copy.element_bytes = static_cast<std::uint8_t>(size_bytes(to.dtype));
  plan.from = from.dtype;
  plan.to = to.dtype;
  return check.code();
}

void run_conversion(const Plan& plan) {
  const Nest<2>& nest = plan.copy.nest;
  for_each_row(nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < nest.row_size(); ++i)
      store_number(plan.to, plan.copy.to, offset[0] + i * nest.row_stride(0),
                   load_number(plan.from, plan.copy.from, offset[1] + i * nest.row_stride(1)));
  });
}

void run_plain(const Plan& plan) { run_strided_copy(plan.copy); }
void run_converting(const Plan& plan) {
  if (plan.from == plan.to)
    run_plain(plan);
  else
    run_conversion(plan);
}

template <class Args>
ErrorCode plan_same(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(same_sizes(args.self, args.out), "out must have the sizes of self");
  return plan_copy(args.self, args.out, false, plan, report);
}

template <class Args>
ErrorCode plan_converting(const Args& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(same_sizes(args.self, args.out), "out must have the sizes of self");
  return plan_copy(args.self, args.out, true, plan, report);
}

ErrorCode plan_from_source(const CopyArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(same_sizes(args.self, args.out), "out must have the sizes of self");
  return plan_copy(args.src, args.out, true, plan, report);
}

ErrorCode plan_in_place(const CopyInPlaceArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(!args.self.is_constant, "self is written but is a constant");
  return plan_copy(args.src, args.self, true, plan, report);
}

using AliasCopy = PlainCopyArgs<AliasCopyName>;
using DetachCopy = PlainCopyArgs<DetachCopyName>;
using LiftFreshCopy = PlainCopyArgs<LiftFreshCopyName>;

}  // namespace

extern const Kernel aten__alias_copy_out, aten__detach_copy_out, aten__lift_fresh_copy_out, aten__clone_out,
    dim_order_ops___clone_dim_order_out, dim_order_ops___to_dim_order_copy_out, aten___to_copy_out, aten__copy_out,
    aten__copy_;
const Kernel aten__alias_copy_out = kernel_row<AliasCopy, Plan, plan_same<AliasCopy>, run_plain>();
const Kernel aten__detach_copy_out = kernel_row<DetachCopy, Plan, plan_same<DetachCopy>, run_plain>();
const Kernel aten__lift_fresh_copy_out = kernel_row<LiftFreshCopy, Plan, plan_same<LiftFreshCopy>, run_plain>();
const Kernel aten__clone_out = kernel_row<CloneArgs, Plan, plan_same<CloneArgs>, run_plain>();
const Kernel dim_order_ops___clone_dim_order_out =
    kernel_row<CloneDimOrderArgs, Plan, plan_same<CloneDimOrderArgs>, run_plain>();
const Kernel dim_order_ops___to_dim_order_copy_out =
    kernel_row<ToDimOrderCopyArgs, Plan, plan_converting<ToDimOrderCopyArgs>, run_converting>();
const Kernel aten___to_copy_out = kernel_row<ToCopyArgs, Plan, plan_converting<ToCopyArgs>, run_converting>();
const Kernel aten__copy_out = kernel_row<CopyArgs, Plan, plan_from_source, run_converting>();
// Its output is its first argument, which plan_in_place checks.
const Kernel aten__copy_ = kernel_row<CopyInPlaceArgs, Plan, plan_in_place, run_converting, 0>();

}  // namespace cortado::ops
