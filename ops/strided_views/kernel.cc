// Views that reorder or select along the input's own dimensions.
#include "ops/strided_views/contract.h"
#include "ops/strided_views/view.h"

namespace cortado::ops {
namespace {

ErrorCode permute(const Tensor& self, const IntList& dims, const Tensor& out, StridedCopy& plan, ErrorReport& report) {
  StridedView view(self, out, report);
  view.check.equal("dims", "'s length", dims.count, self.rank).equal("out", " rank", out.rank, self.rank);
  std::uint32_t seen = 0;
  for (std::size_t i = 0; view.check.ok() && i < self.rank; ++i) {
    const std::size_t dim = view.check.dimension("dims", dims[i], self.rank);
    seen |= 1u << dim;
    view.output_loop(i, self.sizes[dim], view.from_stride[dim]);
  }
  view.check.that(seen == (1u << self.rank) - 1, "dims must name every dimension once");
  return view.finish(plan);
}

ErrorCode plan_permute(const PermuteCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  return permute(args.self, args.dims, args.out, plan, report);
}

ErrorCode plan_transpose(const TransposeArgs& args, StridedCopy& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::i8);
  return permute(args.input, args.perm, args.out, plan, report);
}

ErrorCode plan_transpose_copy(const TransposeCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  Check check(report);
  const std::size_t dim0 = check.dimension("dim0", args.dim0, args.self.rank);
  const std::size_t dim1 = check.dimension("dim1", args.dim1, args.self.rank);
  std::int64_t dims[max_rank] = {};
  for (std::size_t i = 0; i < args.self.rank; ++i)
    dims[i] = static_cast<std::int64_t>(i == dim0 ? dim1 : i == dim1 ? dim0 : i);
  return permute(args.self, {dims, args.self.rank}, args.out, plan, report);
}

ErrorCode plan_t(const TCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  Check check(report);
  check.range("self rank", args.self.rank, 0, 2);
  constexpr std::int64_t swapped[2] = {1, 0};
  return permute(args.self, {args.self.rank == 2 ? swapped : swapped + 1, args.self.rank}, args.out, plan, report);
}

ErrorCode plan_select(const SelectCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.range("self rank", args.self.rank, 1, max_rank).equal("out", " rank", args.out.rank, args.self.rank - 1);
  const std::size_t dim = view.check.dimension("dim", args.dim, args.self.rank);
  if (!view.check.ok()) return report.code();
  const std::int64_t size = args.self.sizes[dim];
  if (!view.check.range("index", args.index, -size, size - 1).ok()) return report.code();
  view.begin_at((args.index < 0 ? args.index + size : args.index) * view.from_stride[dim]);
  for (std::size_t i = 0; view.check.ok() && i < args.self.rank; ++i)
    if (i != dim) view.output_loop(i < dim ? i : i - 1, args.self.sizes[i], view.from_stride[i]);
  return view.finish(plan);
}

// self[…, start : start + length·step : step, …].
ErrorCode slice(const Tensor& self, std::size_t dim, std::int64_t start, std::int64_t length, std::int64_t step,
                const Tensor& out, StridedView& view, StridedCopy& plan) {
  view.check.equal("out", " rank", out.rank, self.rank);
  view.begin_at(start * view.from_stride[dim]);
  for (std::size_t i = 0; view.check.ok() && i < self.rank; ++i) {
    if (i == dim)
      view.output_loop(i, length, length > 1 ? step * view.from_stride[i] : 0);
    else
      view.output_loop(i, self.sizes[i], view.from_stride[i]);
  }
  return view.finish(plan);
}

ErrorCode plan_slice(const SliceCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.range("self rank", args.self.rank, 1, max_rank).range("step", args.step, 1, INT64_MAX);
  const std::size_t dim = view.check.dimension("dim", args.dim, args.self.rank);
  if (!view.check.ok()) return report.code();
  const std::int64_t size = args.self.sizes[dim];
  const auto bound = [size](const OptionalInt& given, std::int64_t fallback) {
    if (!given.present) return fallback;
    const std::int64_t at = given.value < 0 ? given.value + size : given.value;
    return at < 0 ? 0 : at > size ? size : at;
  };
  const std::int64_t start = bound(args.start, 0), end = bound(args.end, size);
  const std::int64_t length = end > start ? (end - start - 1) / args.step + 1 : 0;
  return slice(args.self, dim, start, length, args.step, args.out, view, plan);
}

ErrorCode plan_narrow(const NarrowCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.range("self rank", args.self.rank, 1, max_rank);
  const std::size_t dim = view.check.dimension("dim", args.dim, args.self.rank);
  if (!view.check.ok()) return report.code();
  const std::int64_t size = args.self.sizes[dim];
  if (!view.check.range("start", args.start, -size, size).ok()) return report.code();
  const std::int64_t start = args.start < 0 ? args.start + size : args.start;
  view.check.range("length", args.length, 0, size - start);
  return slice(args.self, dim, start, args.length, 1, args.out, view, plan);
}

ErrorCode plan_flip(const FlipArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.equal("out", " rank", args.out.rank, args.self.rank);
  bool backwards[max_rank] = {};
  for (std::size_t i = 0; i < args.dims.count; ++i)
    backwards[view.check.dimension("dims", args.dims[i], args.self.rank)] = true;
  std::int64_t begin = 0;
  for (std::size_t i = 0; view.check.ok() && i < args.self.rank; ++i) {
    if (backwards[i]) begin += std::int64_t{args.self.sizes[i] - 1} * view.from_stride[i];
    view.output_loop(i, args.self.sizes[i], backwards[i] ? -view.from_stride[i] : view.from_stride[i]);
  }
  view.begin_at(begin);
  return view.finish(plan);
}

}  // namespace

extern const Kernel aten__permute_copy_out, cortex_m__transpose_out, aten__transpose_copy_int_out, aten__t_copy_out,
    aten__select_copy_int_out, aten__slice_copy_Tensor_out, aten__narrow_copy_out, aten__flip_out;
const Kernel aten__permute_copy_out = kernel_row<PermuteCopyArgs, StridedCopy, plan_permute, run_strided_copy>();
const Kernel cortex_m__transpose_out = kernel_row<TransposeArgs, StridedCopy, plan_transpose, run_strided_copy>();
const Kernel aten__transpose_copy_int_out =
    kernel_row<TransposeCopyArgs, StridedCopy, plan_transpose_copy, run_strided_copy>();
const Kernel aten__t_copy_out = kernel_row<TCopyArgs, StridedCopy, plan_t, run_strided_copy>();
const Kernel aten__select_copy_int_out = kernel_row<SelectCopyArgs, StridedCopy, plan_select, run_strided_copy>();
const Kernel aten__slice_copy_Tensor_out = kernel_row<SliceCopyArgs, StridedCopy, plan_slice, run_strided_copy>();
const Kernel aten__narrow_copy_out = kernel_row<NarrowCopyArgs, StridedCopy, plan_narrow, run_strided_copy>();
const Kernel aten__flip_out = kernel_row<FlipArgs, StridedCopy, plan_flip, run_strided_copy>();

}  // namespace cortado::ops
