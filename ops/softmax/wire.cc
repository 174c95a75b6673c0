#include "ops/wire.h"

#include "ops/softmax/contract.h"

namespace cortado::ops {

void add_softmax_wire(Registry& registry) {
  registry.add(wire_operator<SoftmaxArgs>(cortex_m__softmax_out, "softmax over one dimension on int8"));
}

}  // namespace cortado::ops
