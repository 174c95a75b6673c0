#include "ops/wire.h"

#include "ops/quantize/contract.h"

namespace cortado::ops {

void add_quantize_wire(Registry& registry) {
  registry.add(wire_operator<QuantizePerTensorArgs>(cortex_m__quantize_per_tensor_out, "float to int8 or int16"));
}

}  // namespace cortado::ops
