#include "ops/wire.h"

#include "ops/lookups/contract.h"

namespace cortado::ops {

void add_lookups_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(EmbeddingArgs{}, aten__embedding_out, "rows of a table");
  add(GatherArgs{}, aten__gather_out, "elements with one coordinate from an index");
  add(IndexSelectArgs{}, aten__index_select_out, "slices of a dimension by an index");
  add(IndexArgs{}, aten__index_Tensor_out, "elements by index tensors");
}

}  // namespace cortado::ops
