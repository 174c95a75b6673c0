#include "ops/wire.h"

#include "ops/float_pools/contract.h"

namespace cortado::ops {

void add_float_pools_wire(Registry& registry) {
  registry.add(
      wire_operator<MaxPool2dArgs>(aten__max_pool2d_with_indices_out, "maximum over windows, and where it is"));
  registry.add(wire_operator<AdaptiveMaxPool2dArgs>(aten__adaptive_max_pool2d_out,
                                                    "maximum over windows that share the input, and where it is"));
  registry.add(wire_operator<AvgPool2dArgs>(aten__avg_pool2d_out, "average over windows in float"));
  registry.add(wire_operator<AdaptiveAvgPool2dArgs>(aten___adaptive_avg_pool2d_out,
                                                    "average over windows that share the input, in float"));
}

}  // namespace cortado::ops
