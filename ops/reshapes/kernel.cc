#include "ops/checks.h"
#include "ops/reshapes/contract.h"
#include "ops/strided_copy.h"

namespace cortado::ops {
namespace {

// Pairs the dimensions that are not 1; they must be the same unless both tensors are contiguous.
template <class Args>
ErrorCode plan_reshape(const Args& args, StridedCopy& plan, ErrorReport& report) {
  const Tensor &self = args.self, &out = args.out;
  Check check(report);
  check.dtype("out", out, self.dtype)
      .equal("out", "'s elements", static_cast<std::int64_t>(out.elements()),
             static_cast<std::int64_t>(self.elements()));
  if (!check.ok()) return check.code();
  std::int32_t strides[2][max_rank] = {}, own[2][max_rank] = {}, sizes[max_rank] = {};
  strides_of(out, own[0]);
  strides_of(self, own[1]);
  std::size_t rank = 0, i = 0, j = 0;
  for (;;) {
    while (i < out.rank && out.sizes[i] == 1) ++i;
    while (j < self.rank && self.sizes[j] == 1) ++j;
    if (i == out.rank || j == self.rank || out.sizes[i] != self.sizes[j]) break;
    sizes[rank] = out.sizes[i];
    strides[0][rank] = own[0][i++];
    strides[1][rank++] = own[1][j++];
  }
  if (i < out.rank || j < self.rank) {
    check.contiguous("self", self).contiguous("out", out);
    sizes[0] = static_cast<std::int32_t>(out.elements());
    strides[0][0] = strides[1][0] = 1;
    rank = 1;
  }
  plan.nest = make_nest(rank, sizes, strides);
  plan.to = out.data;
  plan.from = self.data;
  plan.element_bytes = static_cast<std::uint8_t>(size_bytes(out.dtype));
  return check.code();
}

using SqueezeCopyDim = ReshapeDimArgs<SqueezeCopyDimName>;
using UnsqueezeCopy = ReshapeDimArgs<UnsqueezeCopyName>;

}  // namespace

extern const Kernel aten__view_copy_out, aten__squeeze_copy_out, aten__squeeze_copy_dim_out,
    aten__squeeze_copy_dims_out, aten__unsqueeze_copy_out;
const Kernel aten__view_copy_out = kernel_row<ViewCopyArgs, StridedCopy, plan_reshape, run_strided_copy>();
const Kernel aten__squeeze_copy_out = kernel_row<SqueezeCopyArgs, StridedCopy, plan_reshape, run_strided_copy>();
const Kernel aten__squeeze_copy_dim_out = kernel_row<SqueezeCopyDim, StridedCopy, plan_reshape, run_strided_copy>();
const Kernel aten__squeeze_copy_dims_out =
    kernel_row<SqueezeCopyDimsArgs, StridedCopy, plan_reshape, run_strided_copy>();
const Kernel aten__unsqueeze_copy_out = kernel_row<UnsqueezeCopy, StridedCopy, plan_reshape, run_strided_copy>();

}  // namespace cortado::ops
