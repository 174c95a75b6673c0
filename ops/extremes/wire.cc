#include "ops/wire.h"

#include "ops/extremes/contract.h"

namespace cortado::ops {

void add_extremes_wire(Registry& registry) {
  const auto add = [&]<class Kind>(Kind, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<ExtremeArgs<Kind>>(kernel, cases, summary));
  };
  add(CortexMMinimum{}, cortex_m__minimum_out, cortex_m__minimum_out_cases, "the smaller of two int8 tensors");
  add(CortexMMaximum{}, cortex_m__maximum_out, cortex_m__maximum_out_cases, "the larger of two int8 tensors");
  add(AtenMinimum{}, aten__minimum_out, aten__minimum_out_cases, "the smaller of two tensors");
  add(AtenMaximum{}, aten__maximum_out, aten__maximum_out_cases, "the larger of two tensors");
}

}  // namespace cortado::ops
