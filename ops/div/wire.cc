#include "ops/wire.h"

#include "ops/div/contract.h"

namespace cortado::ops {

void add_div_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedDivArgs>(cortex_m__quantized_div_out, "quotient of two int8 or int16 tensors"));
}

}  // namespace cortado::ops
