#include "ops/wire.h"

#include "ops/float_convolution/contract.h"

namespace cortado::ops {

void add_float_convolution_wire(Registry& registry) {
  registry.add(wire_operator<ConvolutionArgs>(aten__convolution_out, "convolution in float"));
}

}  // namespace cortado::ops
