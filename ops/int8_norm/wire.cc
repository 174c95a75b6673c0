#include "ops/wire.h"

#include "ops/int8_norm/contract.h"

namespace cortado::ops {

void add_int8_norm_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedNormArgs>(cortado__quantized_norm_out,
                                                "normalisation by the input's own statistics, on int8"));
}

}  // namespace cortado::ops
