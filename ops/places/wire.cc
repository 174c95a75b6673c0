#include "ops/wire.h"

#include "ops/places/contract.h"

namespace cortado::ops {

void add_places_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(ExtremeArgs<Max>{}, aten__max_dim_max, aten__max_dim_max_cases, "the largest along a dimension, and its place");
  add(ExtremeArgs<Min>{}, aten__min_dim_min, aten__min_dim_min_cases, "the smallest along a dimension, and its place");
  add(PlaceArgs<Max>{}, aten__argmax_out, aten__argmax_out_cases, "the place of the largest");
  add(PlaceArgs<Min>{}, aten__argmin_out, aten__argmin_out_cases, "the place of the smallest");
  add(TopkArgs{}, aten__topk_values, aten__topk_values_cases, "the k largest along a dimension, and their places");
}

}  // namespace cortado::ops
