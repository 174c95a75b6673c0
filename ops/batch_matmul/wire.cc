#include "ops/wire.h"

#include "ops/batch_matmul/contract.h"

namespace cortado::ops {

void add_batch_matmul_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedBatchMatmulArgs>(cortex_m__quantized_batch_matmul_out,
                                                       "product of int8 matrices, batch by batch"));
}

}  // namespace cortado::ops
