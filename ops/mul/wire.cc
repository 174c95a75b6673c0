#include "ops/wire.h"

#include "ops/mul/contract.h"

namespace cortado::ops {

void add_mul_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedMulArgs>(cortex_m__quantized_mul_out, "product of two int8 tensors"));
}

}  // namespace cortado::ops
