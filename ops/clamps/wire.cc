#include "ops/wire.h"

#include "ops/clamps/contract.h"

namespace cortado::ops {

void add_clamps_wire(Registry& registry) {
  registry.add(wire_operator<ClampArgs>(aten__clamp_out, "limits on both sides"));
  registry.add(wire_operator<ClampTensorArgs>(aten__clamp_Tensor_out, "limits of every element"));
  registry.add(wire_operator<ReluArgs>(aten__relu_out, "negative values become 0"));
  registry.add(wire_operator<HardtanhArgs>(aten__hardtanh_out, "limits on both sides"));
}

}  // namespace cortado::ops
