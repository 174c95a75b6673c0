#include "ops/wire.h"

#include "ops/strided_views/contract.h"

namespace cortado::ops {

void add_strided_views_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(PermuteCopyArgs{}, aten__permute_copy_out, aten__permute_copy_out_cases, "dimensions in another order");
  add(TransposeArgs{}, cortex_m__transpose_out, cortex_m__transpose_out_cases, "dimensions in another order, on int8");
  add(TransposeCopyArgs{}, aten__transpose_copy_int_out, aten__transpose_copy_int_out_cases, "two dimensions swapped");
  add(TCopyArgs{}, aten__t_copy_out, aten__t_copy_out_cases, "a matrix transposed");
  add(SelectCopyArgs{}, aten__select_copy_int_out, aten__select_copy_int_out_cases, "one index of a dimension");
  add(SliceCopyArgs{}, aten__slice_copy_Tensor_out, aten__slice_copy_Tensor_out_cases, "a range of a dimension");
  add(NarrowCopyArgs{}, aten__narrow_copy_out, aten__narrow_copy_out_cases, "a range of a dimension");
  add(UnfoldCopyArgs{}, aten__unfold_copy_out, aten__unfold_copy_out_cases, "sliding windows of a dimension");
  add(AsStridedCopyArgs{}, aten__as_strided_copy_out, aten__as_strided_copy_out_cases, "memory by strides");
  add(DiagonalCopyArgs{}, aten__diagonal_copy_out, aten__diagonal_copy_out_cases, "a diagonal");
  add(ExpandCopyArgs{}, aten__expand_copy_out, aten__expand_copy_out_cases, "broadcast to larger sizes");
  add(FlipArgs{}, aten__flip_out, aten__flip_out_cases, "dimensions backwards");
  add(RepeatArgs{}, aten__repeat_out, aten__repeat_out_cases, "tiled");
  add(PixelShuffleArgs{}, aten__pixel_shuffle_out, aten__pixel_shuffle_out_cases, "channels become pixels");
  add(PixelUnshuffleArgs{}, aten__pixel_unshuffle_out, aten__pixel_unshuffle_out_cases, "pixels become channels");
}

}  // namespace cortado::ops
