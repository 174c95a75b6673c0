#include "ops/checks.h"
#include "ops/element.h"
#include "ops/running_sums/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<2> rows;  // out, self, but for dim
  const void* self;
  void* out;
  DType from, to;
  std::int32_t length, from_step, to_step;
  bool in_reals;
};

ErrorCode plan_cumsum(const CumsumArgs& args, Plan& plan, ErrorReport& report) {
  const Tensor &self = args.self, &out = args.out;
  Check check(report);
  const std::size_t dim = check.dimension("dim", args.dim, self.rank);
  check.that(has_type(self.dtype) && has_type(out.dtype), "no sums of this element type")
      .that(same_sizes(self, out), "out must have the sizes of self")
      .that(is_float(out.dtype) || !is_float(self.dtype), "out has not the element type of the sums");
  if (!check.ok()) return check.code();
  std::int32_t sizes[max_rank] = {}, strides[2][max_rank] = {};
  strides_of(out, strides[0]);
  strides_of(self, strides[1]);
  for (std::size_t i = 0; i < self.rank; ++i) sizes[i] = i == dim ? 1 : self.sizes[i];
  plan = {make_nest(self.rank, sizes, strides), self.data,       out.data,        self.dtype,         out.dtype,
          self.rank == 0 ? 1 : self.sizes[dim], strides[1][dim], strides[0][dim], is_float(out.dtype)};
  return check.code();
}

void sum_row(const Plan& plan, std::int32_t from, std::int32_t to) {
  Number total;
  total.is_integer = !plan.in_reals;
  for (std::int32_t i = 0; i < plan.length; ++i) {
    const Number x = load_number(plan.from, plan.self, from + i * plan.from_step);
    if (plan.in_reals)
      total.real += x.as_real();
    else
      total.integer =
          static_cast<std::int64_t>(static_cast<std::uint64_t>(total.integer) + static_cast<std::uint64_t>(x.integer));
    store_number(plan.to, plan.out, to + i * plan.to_step, total);
  }
}

void run_cumsum(const Plan& plan) {
  for_each_row(plan.rows, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.rows.row_size(); ++i)
      sum_row(plan, offset[1] + i * plan.rows.row_stride(1), offset[0] + i * plan.rows.row_stride(0));
  });
}

}  // namespace

extern const Kernel aten__cumsum_out;
const Kernel aten__cumsum_out = kernel_row<CumsumArgs, Plan, plan_cumsum, run_cumsum>();

}  // namespace cortado::ops
