// Index tensors, turned into places of elements. Host.
#pragma once

#include "ops/host/build.h"

namespace cortado::ops {

// The numbers of an index tensor, negative ones counted from the end; an input error when one is outside 0 … size − 1.
Result<std::vector<std::int64_t>> indices(const ir::Tensor& index, std::int64_t size);

// result[i] = tensor[places[i]], in row-major order.
ir::Tensor take(const ir::Tensor& tensor, const std::vector<std::int64_t>& places, const ir::Shape& shape);
// The slices `index` of dimension `dim`, put together in that place.
ir::Tensor take_rows(const ir::Tensor& tensor, std::size_t dim, const std::vector<std::int64_t>& index,
                     const ir::Shape& shape);

// The places in a tensor of `shape` that gather and scatter mean: like the index's own, but with the index's number
// along `dim`.
Result<std::vector<std::int64_t>> places_along(const ir::Shape& shape, const ir::Tensor& index, std::int64_t dim);

// x[a, None, b]: index tensors broadcast against each other and stand for their dimensions; the result has their common
// shape in place of those, at the front when they are not neighbours. Boolean masks are refused: their result's
// shape depends on data.
struct AdvancedIndex {
  std::vector<const ir::Value*> tensors;  // per dimension of the input, null: the whole dimension
  ir::Shape shape;                        // of the input
  ir::Shape common;                       // of the index tensors
  std::size_t position = 0;               // of `common` in the result
  ir::Shape result;

  // The place in the input of every element of the result.
  Result<std::vector<std::int64_t>> places(const Environment& environment) const;
};
Result<AdvancedIndex> advanced_index(const Operands& operands, const ir::Shape& shape);

}  // namespace cortado::ops
