#include "ops/wire.h"

#include "ops/selections/contract.h"

namespace cortado::ops {

void add_selections_wire(Registry& registry) {
  registry.add(wire_operator<WhereArgs>(aten__where_self_out, "one tensor or the other"));
  registry.add(wire_operator<MaskedFillArgs>(aten__masked_fill_Scalar_out, "a number where a mask is set"));
}

}  // namespace cortado::ops
