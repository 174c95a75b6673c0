// A tensor as rows along one dimension. Host.
#pragma once

#include "ops/host/build.h"

namespace cortado::ops {

// Element i of row (o, j) lies at (o·length + i)·inner + j.
struct DimensionRows {
  std::int64_t outer = 1, length = 1, inner = 1;

  DimensionRows(const ir::Shape& shape, std::size_t dim) {
    for (std::size_t d = 0; d < shape.size(); ++d) (d < dim ? outer : d == dim ? length : inner) *= shape[d];
  }
  // f(offset of the first element); the others follow `inner` apart.
  template <class F>
  void for_each(F f) const {
    for (std::int64_t o = 0; o < outer; ++o)
      for (std::int64_t j = 0; j < inner; ++j) f(o * length * inner + j);
  }
};

}  // namespace cortado::ops
