#include "ops/wire.h"

#include "ops/running_sums/contract.h"

namespace cortado::ops {

void add_running_sums_wire(Registry& registry) {
  registry.add(wire_operator<CumsumArgs>(aten__cumsum_out, "running sums along a dimension"));
}

}  // namespace cortado::ops
