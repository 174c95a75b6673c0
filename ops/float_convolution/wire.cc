#include "ops/wire.h"

#include "ops/float_convolution/contract.h"

namespace cortado::ops {

void add_float_convolution_wire(Registry& registry) {
  registry.add(wire_operator<ConvolutionArgs>(aten__convolution_out, aten__convolution_out_cases, "convolution in float"));
}

}  // namespace cortado::ops
