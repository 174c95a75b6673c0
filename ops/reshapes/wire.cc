#include "ops/wire.h"

#include "ops/reshapes/contract.h"

namespace cortado::ops {

void add_reshapes_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(ViewCopyArgs{}, aten__view_copy_out, aten__view_copy_out_cases, "another shape");
  add(SqueezeCopyArgs{}, aten__squeeze_copy_out, aten__squeeze_copy_out_cases, "without dimensions of size 1");
  add(ReshapeDimArgs<SqueezeCopyDimName>{}, aten__squeeze_copy_dim_out, aten__squeeze_copy_dim_out_cases,
      "without a dimension of size 1");
  add(SqueezeCopyDimsArgs{}, aten__squeeze_copy_dims_out, aten__squeeze_copy_dims_out_cases,
      "without some dimensions of size 1");
  add(ReshapeDimArgs<UnsqueezeCopyName>{}, aten__unsqueeze_copy_out, aten__unsqueeze_copy_out_cases,
      "with one more dimension of size 1");
}

}  // namespace cortado::ops
