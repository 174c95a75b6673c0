#include "ops/wire.h"

#include "ops/reshapes/contract.h"

namespace cortado::ops {

void add_reshapes_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(ViewCopyArgs{}, aten__view_copy_out, "another shape");
  add(SqueezeCopyArgs{}, aten__squeeze_copy_out, "without dimensions of size 1");
  add(ReshapeDimArgs<SqueezeCopyDimName>{}, aten__squeeze_copy_dim_out, "without a dimension of size 1");
  add(SqueezeCopyDimsArgs{}, aten__squeeze_copy_dims_out, "without some dimensions of size 1");
  add(ReshapeDimArgs<UnsqueezeCopyName>{}, aten__unsqueeze_copy_out, "with one more dimension of size 1");
}

}  // namespace cortado::ops
