#include "ops/host/build.h"

#include <algorithm>
#include <string>

namespace cortado::ops {

Result<std::size_t> dimension(std::int64_t dim, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(rank, 1));
  if (dim < -count || dim >= count)
    return input_error("dimension " + std::to_string(dim) + " is out of range for rank " + std::to_string(rank));
  return static_cast<std::size_t>(dim < 0 ? dim + count : dim);
}

Result<std::vector<std::size_t>> dimensions(const Operands& operands, std::string_view name, std::size_t rank) {
  std::vector<std::size_t> dims;
  for (std::int64_t dim : operands.integers(name)) {
    CORTADO_TRY(const std::size_t index, dimension(dim, rank));
    if (std::find(dims.begin(), dims.end(), index) != dims.end())
      return input_error("dimension " + std::to_string(dim) + " is named twice");
    dims.push_back(index);
  }
  std::sort(dims.begin(), dims.end());
  if (dims.empty())
    for (std::size_t i = 0; i < rank; ++i) dims.push_back(i);
  return dims;
}

}  // namespace cortado::ops
