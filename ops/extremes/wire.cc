#include "ops/wire.h"

#include "ops/extremes/contract.h"

namespace cortado::ops {

void add_extremes_wire(Registry& registry) {
  const auto add = [&]<class Kind>(Kind, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<ExtremeArgs<Kind>>(kernel, summary));
  };
  add(CortexMMinimum{}, cortex_m__minimum_out, "the smaller of two int8 tensors");
  add(CortexMMaximum{}, cortex_m__maximum_out, "the larger of two int8 tensors");
  add(AtenMinimum{}, aten__minimum_out, "the smaller of two tensors");
  add(AtenMaximum{}, aten__maximum_out, "the larger of two tensors");
}

}  // namespace cortado::ops
