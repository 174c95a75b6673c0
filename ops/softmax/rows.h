// The rows of a tensor along one dimension, for kernels of softmax and its logarithm. Host and target, C++17.
#pragma once

#include "ops/strided.h"
#include "support/error_report.h"

namespace cortado::ops::softmax {

// `size` elements, `stride` apart, from every place of the nest.
struct TensorRows {
  Nest<1> nest;
  std::int32_t size, stride;
};

// dim is −rank … rank − 1, negative from the end.
CORTADO_RARELY_RUN inline TensorRows rows_along(const Tensor& tensor, std::int64_t dim) {
  const auto along = static_cast<std::size_t>(dim < 0 ? dim + static_cast<std::int64_t>(tensor.rank) : dim);
  std::int32_t sizes[max_rank] = {};
  std::int32_t strides[1][max_rank] = {};
  strides_of(tensor, strides[0]);
  for (std::size_t i = 0; i < tensor.rank; ++i) sizes[i] = tensor.sizes[i];
  if (sizes[along] != 0) sizes[along] = 1;
  return {make_nest(tensor.rank, sizes, strides), tensor.sizes[along], strides[0][along]};
}

// run(offset of the row's first element)
template <class F>
void for_each_row_along(const TensorRows& rows, F run) {
  const std::int32_t count = rows.nest.row_size(), step = rows.nest.row_stride(0);
  for_each_row(rows.nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < count; ++i) run(offset[0] + i * step);
  });
}

}  // namespace cortado::ops::softmax
