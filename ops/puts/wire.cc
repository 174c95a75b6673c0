#include "ops/wire.h"

#include "ops/puts/contract.h"

namespace cortado::ops {

void add_puts_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(IndexPutArgs{}, aten__index_put_out, aten__index_put_out_cases, "elements replaced by index tensors");
  add(IndexPutInPlaceArgs{}, aten__index_put_, aten__index_put__cases, "elements replaced by index tensors, in place");
  add(ScatterArgs<Scatter>{}, aten__scatter_src_out, aten__scatter_src_out_cases, "elements replaced along a dimension");
  add(ScatterArgs<ScatterAdd>{}, aten__scatter_add_out, aten__scatter_add_out_cases, "elements added to along a dimension");
  add(ScatterValueArgs{}, aten__scatter_value_out, aten__scatter_value_out_cases, "elements set to a number along a dimension");
  add(SelectScatterArgs{}, aten__select_scatter_out, aten__select_scatter_out_cases, "one index of a dimension replaced");
  add(SliceScatterArgs{}, aten__slice_scatter_out, aten__slice_scatter_out_cases, "a slice of a dimension replaced");
  add(MaskedScatterArgs{}, aten__masked_scatter_out, aten__masked_scatter_out_cases, "elements replaced where a mask is set");
}

}  // namespace cortado::ops
