#include <string.h>

#include "ops/checks.h"
#include "ops/joins/contract.h"

namespace cortado::ops {
namespace {

// The whole is `rows` rows of `row_bytes`; each part fills a range of every row, in order.
struct Plan {
  std::uint8_t* whole;
  TensorList parts;
  std::uint32_t rows, row_bytes;
  bool splits;
};

// One step of the joined dimension in memory, and the rows around it.
struct Geometry {
  std::int64_t rows = 1, step_bytes = 1;
};

Geometry geometry_of(const Tensor& whole, std::size_t dim) {
  Geometry geometry;
  bool is_inner = false;
  geometry.step_bytes = static_cast<std::int64_t>(size_bytes(whole.dtype));
  for (std::size_t i = 0; i < whole.rank; ++i) {
    const std::uint8_t d = whole.dim_order[i];
    if (d == dim)
      is_inner = true;
    else
      (is_inner ? geometry.step_bytes : geometry.rows) *= whole.sizes[d];
  }
  return geometry;
}

// Parts that keep the dimension: the extents along it add up, everything else is equal.
void check_part(Check& check, const Tensor& part, const Tensor& whole, std::size_t dim) {
  check.dtype("a part", part, whole.dtype).equal("a part", "'s rank", part.rank, whole.rank);
  for (std::size_t i = 0; check.ok() && i < whole.rank; ++i)
    if (i != dim) check.equal("a part", "'s size", part.sizes[i], whole.sizes[i]);
  if (check.ok()) check.that(lies_in_order(part, whole.dim_order), "the tensors must have one memory order");
}

bool is_absent(const Tensor& part) { return part.rank == 1 && part.sizes[0] == 0; }

ErrorCode plan_parts(const Tensor& whole, const TensorList& parts, std::int64_t dim, bool splits, Plan& plan,
                     ErrorReport& report) {
  Check check(report);
  check.range("rank", whole.rank, 1, max_rank);
  const std::size_t axis = check.dimension("dim", dim, whole.rank);
  std::int64_t total = 0;
  for (std::uint32_t i = 0; check.ok() && i < parts.count; ++i) {
    if (!splits && is_absent(parts[i])) continue;
    check_part(check, parts[i], whole, axis);
    if (check.ok()) total += parts[i].sizes[axis];
  }
  if (!check.ok()) return check.code();
  check.equal("the parts", "' size together", total, whole.sizes[axis]);
  const Geometry geometry = geometry_of(whole, axis);
  plan = {whole.as<std::uint8_t>(), parts, static_cast<std::uint32_t>(whole.sizes[axis] == 0 ? 0 : geometry.rows),
          static_cast<std::uint32_t>(geometry.step_bytes * whole.sizes[axis]), splits};
  return check.code();
}

// Parts that lack the dimension: each is one step of it.
ErrorCode plan_steps(const Tensor& whole, const TensorList& parts, std::int64_t dim, bool splits, Plan& plan,
                     ErrorReport& report) {
  Check check(report);
  check.range("rank", whole.rank, 1, max_rank);
  const std::size_t axis = check.dimension("dim", dim, whole.rank);
  if (!check.ok()) return check.code();
  check.equal("the list", "'s length", parts.count, whole.sizes[axis]).contiguous("the whole", whole);
  for (std::uint32_t i = 0; check.ok() && i < parts.count; ++i) {
    const Tensor& part = parts[i];
    check.dtype("a part", part, whole.dtype)
        .equal("a part", "'s rank", part.rank, whole.rank - 1)
        .contiguous("a part", part);
    for (std::size_t d = 0; check.ok() && d < part.rank; ++d)
      check.equal("a part", "'s size", part.sizes[d], whole.sizes[d < axis ? d : d + 1]);
  }
  const Geometry geometry = geometry_of(whole, axis);
  plan = {whole.as<std::uint8_t>(), parts, static_cast<std::uint32_t>(whole.sizes[axis] == 0 ? 0 : geometry.rows),
          static_cast<std::uint32_t>(geometry.step_bytes * whole.sizes[axis]), splits};
  return check.code();
}

void run_plan(const Plan& plan) {
  std::uint8_t* column = plan.whole;
  for (std::uint32_t p = 0; plan.rows > 0 && p < plan.parts.count; ++p) {
    std::uint8_t* part = plan.parts[p].as<std::uint8_t>();
    const std::size_t bytes = plan.parts[p].bytes() / plan.rows;
    std::uint8_t* row = column;
    for (std::uint32_t i = 0; bytes > 0 && i < plan.rows; ++i, row += plan.row_bytes, part += bytes)
      memcpy(plan.splits ? part : row, plan.splits ? row : part, bytes);
    column += bytes;
  }
}

ErrorCode plan_cat(const CatArgs& args, Plan& plan, ErrorReport& report) {
  return plan_parts(args.out, args.tensors, args.dim, false, plan, report);
}
ErrorCode plan_stack(const StackArgs& args, Plan& plan, ErrorReport& report) {
  return plan_steps(args.out, args.tensors, args.dim, false, plan, report);
}
ErrorCode plan_unbind(const UnbindCopyArgs& args, Plan& plan, ErrorReport& report) {
  return plan_steps(args.self, args.out, args.dim, true, plan, report);
}

ErrorCode plan_split(const SplitCopyArgs& args, Plan& plan, ErrorReport& report) {
  if (plan_parts(args.self, args.out, args.dim, true, plan, report) != ErrorCode::ok) return report.code();
  Check check(report);
  const std::size_t axis = check.dimension("dim", args.dim, args.self.rank);
  check.range("split_size", args.split_size, 0, INT32_MAX);
  for (std::uint32_t i = 0; check.ok() && i < args.out.count; ++i) {
    const std::int64_t rest = args.self.sizes[axis] - static_cast<std::int64_t>(i) * args.split_size;
    check.equal("a part", "'s size", args.out[i].sizes[axis], rest < args.split_size ? rest : args.split_size);
  }
  return check.code();
}

ErrorCode plan_split_with_sizes(const SplitWithSizesCopyArgs& args, Plan& plan, ErrorReport& report) {
  if (plan_parts(args.self, args.out, args.dim, true, plan, report) != ErrorCode::ok) return report.code();
  Check check(report);
  const std::size_t axis = check.dimension("dim", args.dim, args.self.rank);
  check.equal("split_sizes", "'s length", args.split_sizes.count, args.out.count);
  for (std::uint32_t i = 0; check.ok() && i < args.out.count; ++i)
    check.equal("a part", "'s size", args.out[i].sizes[axis], args.split_sizes[i]);
  return check.code();
}

}  // namespace

extern const Kernel aten__cat_out, aten__stack_out, aten__split_copy_Tensor_out, aten__split_with_sizes_copy_out,
    aten__unbind_copy_int_out;
const Kernel aten__cat_out = kernel_row<CatArgs, Plan, plan_cat, run_plan>();
const Kernel aten__stack_out = kernel_row<StackArgs, Plan, plan_stack, run_plan>();
const Kernel aten__split_copy_Tensor_out = kernel_row<SplitCopyArgs, Plan, plan_split, run_plan>();
const Kernel aten__split_with_sizes_copy_out =
    kernel_row<SplitWithSizesCopyArgs, Plan, plan_split_with_sizes, run_plan>();
const Kernel aten__unbind_copy_int_out = kernel_row<UnbindCopyArgs, Plan, plan_unbind, run_plan>();

}  // namespace cortado::ops
