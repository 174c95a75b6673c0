#include "ops/wire.h"

#include "ops/copies/contract.h"

namespace cortado::ops {

void add_copies_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(PlainCopyArgs<AliasCopyName>{}, aten__alias_copy_out, "a copy");
  add(PlainCopyArgs<DetachCopyName>{}, aten__detach_copy_out, "a copy");
  add(PlainCopyArgs<LiftFreshCopyName>{}, aten__lift_fresh_copy_out, "a copy");
  add(CloneArgs{}, aten__clone_out, "a copy in another memory order");
  add(CloneDimOrderArgs{}, dim_order_ops___clone_dim_order_out, "a copy in another memory order");
  add(ToDimOrderCopyArgs{}, dim_order_ops___to_dim_order_copy_out, "a copy of another element type or memory order");
  add(ToCopyArgs{}, aten___to_copy_out, "a copy of another element type");
  add(CopyArgs{}, aten__copy_out, "a copy, broadcast and converted");
  add(CopyInPlaceArgs{}, aten__copy_, "writes a tensor from another");
}

}  // namespace cortado::ops
