#include "ops/host/broadcast.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace cortado::ops {

Result<ir::Shape> broadcast_shapes(const ir::Shape& a, const ir::Shape& b) {
  ir::Shape result(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1)
      return input_error(fmt::format("shapes [{}] and [{}] do not broadcast", fmt::join(a, ", "), fmt::join(b, ", ")));
    result[result.size() - 1 - i] = x == 1 ? y : x;
  }
  return result;
}

std::vector<std::int64_t> broadcast_strides(const ir::Shape& from, const ir::Shape& to) {
  const std::vector<std::int64_t> dense = ir::contiguous_strides(from);
  std::vector<std::int64_t> strides(to.size(), 0);
  for (std::size_t i = 0; i < from.size(); ++i)
    if (from[from.size() - 1 - i] != 1) strides[to.size() - 1 - i] = dense[from.size() - 1 - i];
  return strides;
}

}  // namespace cortado::ops
