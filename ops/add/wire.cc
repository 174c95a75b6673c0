#include "ops/wire.h"

#include "ops/add/contract.h"

namespace cortado::ops {

void add_add_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedAddArgs>(cortex_m__quantized_add_out,
                                               "sum or difference of int8 tensors of different scales"));
}

}  // namespace cortado::ops
