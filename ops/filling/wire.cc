#include "ops/wire.h"

#include "ops/filling/contract.h"

namespace cortado::ops {

void add_filling_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(FullArgs{}, aten__full_out, aten__full_out_cases, "one number everywhere");
  add(FullLikeArgs{}, aten__full_like_out, aten__full_like_out_cases, "one number everywhere");
  add(FillArgs{}, aten__fill_Scalar_out, aten__fill_Scalar_out_cases, "one number everywhere");
  add(ScalarTensorArgs{}, aten__scalar_tensor_out, aten__scalar_tensor_out_cases, "a number as a tensor");
  add(ConstantArgs<Zeros>{}, aten__zeros_out, aten__zeros_out_cases, "zeros");
  add(ConstantArgs<Ones>{}, aten__ones_out, aten__ones_out_cases, "ones");
  add(ArangeStartArgs{}, aten__arange_start_out, aten__arange_start_out_cases, "an arithmetic progression");
  add(ArangeArgs{}, aten__arange_out, aten__arange_out_cases, "0, 1, 2, …");
}

}  // namespace cortado::ops
