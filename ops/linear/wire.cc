#include "ops/wire.h"

#include "ops/linear/contract.h"

namespace cortado::ops {

void add_linear_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedLinearArgs>(cortex_m__quantized_linear_out, "fully connected layer on int8"));
}

}  // namespace cortado::ops
