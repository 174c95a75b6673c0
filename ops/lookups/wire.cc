#include "ops/wire.h"

#include "ops/lookups/contract.h"

namespace cortado::ops {

void add_lookups_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, const CaseRow& cases, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, cases, summary));
  };
  add(EmbeddingArgs{}, aten__embedding_out, aten__embedding_out_cases, "rows of a table");
  add(GatherArgs{}, aten__gather_out, aten__gather_out_cases, "elements with one coordinate from an index");
  add(IndexSelectArgs{}, aten__index_select_out, aten__index_select_out_cases, "slices of a dimension by an index");
  add(IndexArgs{}, aten__index_Tensor_out, aten__index_Tensor_out_cases, "elements by index tensors");
}

}  // namespace cortado::ops
