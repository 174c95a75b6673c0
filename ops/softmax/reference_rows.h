// The rows of a tensor along one dimension, found element by element: for references. Host and target, C++17.
#pragma once

#include "ops/contract.h"

namespace cortado::ops::softmax {

// run(offset of the first element, elements, elements from one to the next)
template <class F>
void for_each_reference_row(const Tensor& in, std::int64_t dim_argument, F run) {
  const auto dim = static_cast<std::size_t>(dim_argument < 0 ? dim_argument + in.rank : dim_argument);
  std::int32_t strides[max_rank] = {};
  strides_of(in, strides);
  for (std::size_t linear = 0; linear < in.elements(); ++linear) {
    std::size_t rest = linear;
    std::int32_t at = 0;
    bool is_first = true;
    for (std::size_t d = in.rank; d-- > 0;) {
      const auto size = static_cast<std::size_t>(in.sizes[d]);
      const auto index = static_cast<std::int32_t>(rest % size);
      rest /= size;
      at += index * strides[d];
      if (d == dim && index != 0) is_first = false;
    }
    if (is_first) run(at, in.sizes[dim], strides[dim]);
  }
}

}  // namespace cortado::ops::softmax
