#include "ops/wire.h"

#include "ops/glu/contract.h"

namespace cortado::ops {

void add_glu_wire(Registry& registry) { registry.add(wire_operator<GluArgs>(aten__glu_out, "gated linear unit")); }

}  // namespace cortado::ops
