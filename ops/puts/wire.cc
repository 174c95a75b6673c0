#include "ops/wire.h"

#include "ops/puts/contract.h"

namespace cortado::ops {

void add_puts_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(IndexPutArgs{}, aten__index_put_out, "elements replaced by index tensors");
  add(IndexPutInPlaceArgs{}, aten__index_put_, "elements replaced by index tensors, in place");
  add(ScatterArgs<Scatter>{}, aten__scatter_src_out, "elements replaced along a dimension");
  add(ScatterArgs<ScatterAdd>{}, aten__scatter_add_out, "elements added to along a dimension");
  add(ScatterValueArgs{}, aten__scatter_value_out, "elements set to a number along a dimension");
  add(SelectScatterArgs{}, aten__select_scatter_out, "one index of a dimension replaced");
  add(SliceScatterArgs{}, aten__slice_scatter_out, "a slice of a dimension replaced");
  add(MaskedScatterArgs{}, aten__masked_scatter_out, "elements replaced where a mask is set");
}

}  // namespace cortado::ops
