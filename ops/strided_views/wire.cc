#include "ops/wire.h"

#include "ops/strided_views/contract.h"

namespace cortado::ops {

void add_strided_views_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(PermuteCopyArgs{}, aten__permute_copy_out, "dimensions in another order");
  add(TransposeArgs{}, cortex_m__transpose_out, "dimensions in another order, on int8");
  add(TransposeCopyArgs{}, aten__transpose_copy_int_out, "two dimensions swapped");
  add(TCopyArgs{}, aten__t_copy_out, "a matrix transposed");
  add(SelectCopyArgs{}, aten__select_copy_int_out, "one index of a dimension");
  add(SliceCopyArgs{}, aten__slice_copy_Tensor_out, "a range of a dimension");
  add(NarrowCopyArgs{}, aten__narrow_copy_out, "a range of a dimension");
  add(UnfoldCopyArgs{}, aten__unfold_copy_out, "sliding windows of a dimension");
  add(AsStridedCopyArgs{}, aten__as_strided_copy_out, "memory by strides");
  add(DiagonalCopyArgs{}, aten__diagonal_copy_out, "a diagonal");
  add(ExpandCopyArgs{}, aten__expand_copy_out, "broadcast to larger sizes");
  add(FlipArgs{}, aten__flip_out, "dimensions backwards");
  add(RepeatArgs{}, aten__repeat_out, "tiled");
  add(PixelShuffleArgs{}, aten__pixel_shuffle_out, "channels become pixels");
  add(PixelUnshuffleArgs{}, aten__pixel_unshuffle_out, "pixels become channels");
}

}  // namespace cortado::ops
