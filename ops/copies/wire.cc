#include "ops/wire.h"

#include "ops/copies/contract.h"

namespace cortado::ops {

void add_copies_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(PlainCopyArgs<AliasCopyName>{}, aten__alias_copy_out, aten__alias_copy_out_cases, "a copy");
  add(PlainCopyArgs<DetachCopyName>{}, aten__detach_copy_out, aten__detach_copy_out_cases, "a copy");
  add(PlainCopyArgs<LiftFreshCopyName>{}, aten__lift_fresh_copy_out, aten__lift_fresh_copy_out_cases, "a copy");
  add(CloneArgs{}, aten__clone_out, aten__clone_out_cases, "a copy in another memory order");
  add(CloneDimOrderArgs{}, dim_order_ops___clone_dim_order_out, dim_order_ops___clone_dim_order_out_cases,
      "a copy in another memory order");
  add(ToDimOrderCopyArgs{}, dim_order_ops___to_dim_order_copy_out, dim_order_ops___to_dim_order_copy_out_cases,
      "a copy of another element type or memory order");
  add(ToCopyArgs{}, aten___to_copy_out, aten___to_copy_out_cases, "a copy of another element type");
  add(CopyArgs{}, aten__copy_out, aten__copy_out_cases, "a copy, broadcast and converted");
  add(CopyInPlaceArgs{}, aten__copy_, aten__copy__cases, "writes a tensor from another");
}

}  // namespace cortado::ops
