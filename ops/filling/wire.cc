#include "ops/wire.h"

#include "ops/filling/contract.h"

namespace cortado::ops {

void add_filling_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(FullArgs{}, aten__full_out, "one number everywhere");
  add(FullLikeArgs{}, aten__full_like_out, "one number everywhere");
  add(FillArgs{}, aten__fill_Scalar_out, "one number everywhere");
  add(ScalarTensorArgs{}, aten__scalar_tensor_out, "a number as a tensor");
  add(ConstantArgs<Zeros>{}, aten__zeros_out, "zeros");
  add(ConstantArgs<Ones>{}, aten__ones_out, "ones");
  add(ArangeStartArgs{}, aten__arange_start_out, "an arithmetic progression");
  add(ArangeArgs{}, aten__arange_out, "0, 1, 2, …");
}

}  // namespace cortado::ops
