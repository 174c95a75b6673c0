// Reductions over some dimensions. Host.
#pragma once

#include "ops/host/view.h"

namespace cortado::ops {

// The input seen as [kept…, reduced…]: result i comes from the `count` elements that follow i·count in rows().
struct Reduction {
  ir::Shape result;        // with the reduced dimensions gone, or of size 1
  std::int64_t count = 1;  // elements per result
  View order;              // the kept dimensions first

  // The elements, row after row.
  ir::Tensor rows(const ir::Tensor& tensor) const { return read(tensor, order); }
};

Reduction reduction(const ir::Shape& shape, const std::vector<std::size_t>& dims, bool keepdim);

// From the arguments dim (int, int[] or absent: all) and keepdim.
Result<Reduction> reduction(const Operands& operands, const ir::Shape& shape);

}  // namespace cortado::ops
