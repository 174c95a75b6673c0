#include "ops/wire.h"

#include "ops/activation/contract.h"

namespace cortado::ops {

void add_activation_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedActivationArgs>(cortex_m__quantized_activation_out,
                                                      "a function of one int8 value by table"));
}

}  // namespace cortado::ops
