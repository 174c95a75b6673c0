#include "ops/wire.h"

#include "ops/float_softmax/contract.h"

namespace cortado::ops {

void add_float_softmax_wire(Registry& registry) {
  registry.add(wire_operator<FloatSoftmaxArgs<Softmax>>(aten___softmax_out, "softmax in float"));
  registry.add(wire_operator<FloatSoftmaxArgs<LogSoftmax>>(aten___log_softmax_out, "logarithm of softmax in float"));
}

}  // namespace cortado::ops
