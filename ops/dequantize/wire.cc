#include "ops/wire.h"

#include "ops/dequantize/contract.h"

namespace cortado::ops {

void add_dequantize_wire(Registry& registry) {
  registry.add(wire_operator<DequantizePerTensorArgs>(cortex_m__dequantize_per_tensor_out, "int8 or int16 to float"));
}

}  // namespace cortado::ops
