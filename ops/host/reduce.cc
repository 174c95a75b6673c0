#include "ops/host/reduce.h"

#include <algorithm>

namespace cortado::ops {

Reduction reduction(const ir::Shape& shape, const std::vector<std::size_t>& dims, bool keepdim) {
  Reduction r;
  const std::vector<std::int64_t> strides = ir::contiguous_strides(shape);
  const auto is_reduced = [&](std::size_t d) { return std::find(dims.begin(), dims.end(), d) != dims.end(); };
  for (const bool reduced : {false, true})
    for (std::size_t d = 0; d < shape.size(); ++d) {
      if (is_reduced(d) != reduced) continue;
      r.order.shape.push_back(shape[d]);
      r.order.strides.push_back(strides[d]);
      if (reduced) r.count *= shape[d];
    }
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (!is_reduced(d))
      r.result.push_back(shape[d]);
    else if (keepdim)
      r.result.push_back(1);
  }
  return r;
}

Result<Reduction> reduction(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::vector<std::size_t> dims, dimensions(operands, "dim", shape.size()));
  return reduction(shape, dims, operands.flag("keepdim"));
}

}  // namespace cortado::ops
