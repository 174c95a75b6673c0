// Views whose dimensions are not the input's: windows, diagonals, tiles, broadcasts and pixel shuffles.
#include "ops/strided_views/contract.h"
#include "ops/strided_views/view.h"

namespace cortado::ops {
namespace {

ErrorCode plan_unfold(const UnfoldCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  const std::size_t rank = args.self.rank;
  view.check.range("self rank", args.self.rank, 1, max_rank - 1)
      .equal("out", " rank", args.out.rank, args.self.rank + 1);
  const std::size_t dim = view.check.dimension("dimension", args.dimension, rank);
  if (!view.check.ok()) return report.code();
  view.check.range("size", args.size, 0, args.self.sizes[dim]).range("step", args.step, 1, INT32_MAX);
  for (std::size_t i = 0; view.check.ok() && i < rank; ++i) {
    const std::int64_t windows = (args.self.sizes[i] - args.size) / args.step + 1;
    if (i != dim)
      view.output_loop(i, args.self.sizes[i], view.from_stride[i]);
    else
      view.output_loop(i, windows, windows > 1 ? args.step * view.from_stride[i] : 0);
  }
  if (view.check.ok()) view.output_loop(rank, args.size, view.from_stride[dim]);
  return view.finish(plan);
}

ErrorCode plan_as_strided(const AsStridedCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.equal("size", "'s length", args.size.count, args.out.rank)
      .equal("stride", "'s length", args.stride.count, args.out.rank);
  for (std::size_t i = 0; view.check.ok() && i < args.out.rank; ++i) view.output_loop(i, args.size[i], args.stride[i]);
  const std::int64_t begin = args.storage_offset.present ? args.storage_offset.value : 0;
  view.check.range("storage_offset", begin, 0, INT32_MAX);
  view.begin_at(begin);
  return view.finish(plan);
}

ErrorCode plan_diagonal(const DiagonalCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  const Tensor& self = args.self;
  view.check.range("self rank", self.rank, 2, max_rank).equal("out", " rank", args.out.rank, self.rank - 1);
  const std::size_t dim1 = view.check.dimension("dim1", args.dim1, self.rank);
  const std::size_t dim2 = view.check.dimension("dim2", args.dim2, self.rank);
  view.check.that(dim1 != dim2, "dim1 and dim2 must differ").range("offset", args.offset, -INT32_MAX, INT32_MAX);
  if (!view.check.ok()) return report.code();
  const std::int64_t down = args.offset < 0 ? -args.offset : 0, right = args.offset > 0 ? args.offset : 0;
  const std::int64_t rows = self.sizes[dim1] - down, columns = self.sizes[dim2] - right;
  const std::int64_t length = rows < columns ? rows : columns;
  std::size_t to = 0;
  for (std::size_t i = 0; view.check.ok() && i < self.rank; ++i)
    if (i != dim1 && i != dim2) view.output_loop(to++, self.sizes[i], view.from_stride[i]);
  if (!view.check.ok()) return report.code();
  view.output_loop(to, length > 0 ? length : 0, std::int64_t{view.from_stride[dim1]} + view.from_stride[dim2]);
  if (length > 0) view.begin_at(down * view.from_stride[dim1] + right * view.from_stride[dim2]);
  return view.finish(plan);
}

ErrorCode plan_expand(const ExpandCopyArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.that(broadcasts_to(args.self, args.out), "self does not broadcast to out");
  if (!view.check.ok()) return report.code();
  std::int32_t strides[max_rank] = {};
  broadcast_strides(args.self, args.out, strides);
  for (std::size_t i = 0; i < args.out.rank; ++i) view.output_loop(i, args.out.sizes[i], strides[i]);
  return view.finish(plan);
}

ErrorCode plan_repeat(const RepeatArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  view.check.equal("out", " rank", args.out.rank, args.repeats.count)
      .range("repeats' length", args.repeats.count, args.self.rank, max_rank);
  for (std::size_t i = 0; view.check.ok() && i < args.out.rank; ++i) {
    const std::size_t added = args.out.rank - args.self.rank;
    const std::int64_t size = i < added ? 1 : args.self.sizes[i - added];
    if (!view.check.range("repeats", args.repeats[i], 0, INT32_MAX).ok()) return report.code();
    view.check.equal("out", "'s size", args.out.sizes[i], size * args.repeats[i]);
    view.loop(args.repeats[i], size * view.to_stride[i], 0);
    view.loop(size, view.to_stride[i], i < added ? 0 : view.from_stride[i - added]);
  }
  return view.finish(plan);
}

// `small` has r² times the channels of `large`, which has r times its rows and columns. Walks over both.
void shuffle(StridedView& view, const Tensor& small, const Tensor& large, std::int64_t r, bool to_large) {
  view.check.range("rank", small.rank, 3, max_rank)
      .equal("out", " rank", small.rank, large.rank)
      .range("the factor", r, 1, 1 << 15);
  if (!view.check.ok()) return;
  const std::size_t c = small.rank - 3u, y = small.rank - 2u, x = small.rank - 1u;
  view.check.equal("the channels", "", small.sizes[c], std::int64_t{large.sizes[c]} * r * r)
      .equal("the rows", "", large.sizes[y], std::int64_t{small.sizes[y]} * r)
      .equal("the columns", "", large.sizes[x], std::int64_t{small.sizes[x]} * r);
  const std::int32_t* of_small = to_large ? view.from_stride : view.to_stride;
  const std::int32_t* of_large = to_large ? view.to_stride : view.from_stride;
  const auto loop = [&](std::int64_t size, std::int64_t small_step, std::int64_t large_step) {
    view.loop(size, to_large ? large_step : small_step, to_large ? small_step : large_step);
  };
  for (std::size_t i = 0; i < c; ++i) {
    view.check.equal("out", "'s size", small.sizes[i], large.sizes[i]);
    loop(small.sizes[i], of_small[i], of_large[i]);
  }
  loop(large.sizes[c], of_small[c] * r * r, of_large[c]);
  loop(small.sizes[y], of_small[y], of_large[y] * r);
  loop(r, of_small[c] * r, of_large[y]);
  loop(small.sizes[x], of_small[x], of_large[x] * r);
  loop(r, of_small[c], of_large[x]);
}

ErrorCode plan_pixel_shuffle(const PixelShuffleArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  shuffle(view, args.self, args.out, args.upscale_factor, true);
  return view.finish(plan);
}

ErrorCode plan_pixel_unshuffle(const PixelUnshuffleArgs& args, StridedCopy& plan, ErrorReport& report) {
  StridedView view(args.self, args.out, report);
  shuffle(view, args.out, args.self, args.downscale_factor, false);
  return view.finish(plan);
}

}  // namespace

extern const Kernel aten__unfold_copy_out, aten__as_strided_copy_out, aten__diagonal_copy_out, aten__expand_copy_out,
    aten__repeat_out, aten__pixel_shuffle_out, aten__pixel_unshuffle_out;
const Kernel aten__unfold_copy_out = kernel_row<UnfoldCopyArgs, StridedCopy, plan_unfold, run_strided_copy>();
const Kernel aten__as_strided_copy_out =
    kernel_row<AsStridedCopyArgs, StridedCopy, plan_as_strided, run_strided_copy>();
const Kernel aten__diagonal_copy_out = kernel_row<DiagonalCopyArgs, StridedCopy, plan_diagonal, run_strided_copy>();
const Kernel aten__expand_copy_out = kernel_row<ExpandCopyArgs, StridedCopy, plan_expand, run_strided_copy>();
const Kernel aten__repeat_out = kernel_row<RepeatArgs, StridedCopy, plan_repeat, run_strided_copy>();
const Kernel aten__pixel_shuffle_out =
    kernel_row<PixelShuffleArgs, StridedCopy, plan_pixel_shuffle, run_strided_copy>();
const Kernel aten__pixel_unshuffle_out =
    kernel_row<PixelUnshuffleArgs, StridedCopy, plan_pixel_unshuffle, run_strided_copy>();

}  // namespace cortado::ops
