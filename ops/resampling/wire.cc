#include "ops/wire.h"

#include "ops/resampling/contract.h"

namespace cortado::ops {

void add_resampling_wire(Registry& registry) {
  registry.add(wire_operator<UpsampleNearest2dArgs>(aten__upsample_nearest2d_vec_out,
                                                    "images in another size, by the nearest pixel"));
  registry.add(
      wire_operator<UpsampleBilinear2dArgs>(aten__upsample_bilinear2d_vec_out, "images in another size, interpolated"));
  registry.add(wire_operator<UpsampleBilinear2dAaArgs>(aten___upsample_bilinear2d_aa_out,
                                                       "images in another size, interpolated with antialiasing"));
}

}  // namespace cortado::ops
