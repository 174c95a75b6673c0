#include "ops/wire.h"

#include "ops/places/contract.h"

namespace cortado::ops {

void add_places_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(ExtremeWithPlaceArgs<Max>{}, aten__max_dim_max, "the largest along a dimension, and its place");
  add(ExtremeWithPlaceArgs<Min>{}, aten__min_dim_min, "the smallest along a dimension, and its place");
  add(PlaceArgs<Max>{}, aten__argmax_out, "the place of the largest");
  add(PlaceArgs<Min>{}, aten__argmin_out, "the place of the smallest");
  add(TopkArgs{}, aten__topk_values, "the k largest along a dimension, and their places");
}

}  // namespace cortado::ops
