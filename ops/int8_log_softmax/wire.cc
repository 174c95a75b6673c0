#include "ops/wire.h"

#include "ops/int8_log_softmax/contract.h"

namespace cortado::ops {

void add_int8_log_softmax_wire(Registry& registry) {
  registry.add(wire_operator<QuantizedLogSoftmaxArgs>(cortado__quantized_log_softmax_out,
                                                      "logarithm of softmax over one dimension on int8"));
}

}  // namespace cortado::ops
