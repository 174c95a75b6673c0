#include "ops/wire.h"

#include "ops/remaps/contract.h"

namespace cortado::ops {

void add_remaps_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  const std::string_view mirrored = "a mirrored border", repeated = "a border that repeats the edge";
  add(ConstantPadArgs{}, aten__constant_pad_nd_out, "a border of a number");
  add(BorderArgs<Reflection1d>{}, aten__reflection_pad1d_out, mirrored);
  add(BorderArgs<Reflection2d>{}, aten__reflection_pad2d_out, mirrored);
  add(BorderArgs<Reflection3d>{}, aten__reflection_pad3d_out, mirrored);
  add(BorderArgs<Replication1d>{}, aten__replication_pad1d_out, repeated);
  add(BorderArgs<Replication2d>{}, aten__replication_pad2d_out, repeated);
  add(BorderArgs<Replication3d>{}, aten__replication_pad3d_out, repeated);
  add(RollArgs{}, aten__roll_out, "dimensions rotated");
}

}  // namespace cortado::ops
