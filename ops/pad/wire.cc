#include "ops/wire.h"

#include "ops/pad/contract.h"

namespace cortado::ops {

void add_pad_wire(Registry& registry) {
  registry.add(wire_operator<PadArgs>(cortex_m__pad_out, "constant border on int8"));
}

}  // namespace cortado::ops
