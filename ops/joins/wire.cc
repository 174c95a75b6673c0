#include "ops/wire.h"

#include "ops/joins/contract.h"

namespace cortado::ops {

void add_joins_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(CatArgs{}, aten__cat_out, "tensors joined along a dimension");
  add(StackArgs{}, aten__stack_out, "tensors joined along a new dimension");
  add(SplitCopyArgs{}, aten__split_copy_Tensor_out, "parts of equal size");
  add(SplitWithSizesCopyArgs{}, aten__split_with_sizes_copy_out, "parts of given sizes");
  add(UnbindCopyArgs{}, aten__unbind_copy_int_out, "every index of a dimension");
}

}  // namespace cortado::ops
