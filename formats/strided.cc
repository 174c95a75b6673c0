#include "formats/strided.h"

#include <algorithm>
#include <cstring>

#include "support/checked.h"

namespace cortado::formats {
namespace {

// The index one behind the last element; false when it overflows or something is negative.
bool end_of(const StridedLayout& layout, std::int64_t& end) {
  end = layout.offset;
  if (layout.offset < 0) return false;
  for (std::size_t d = 0; d < layout.sizes.size(); ++d) {
    std::int64_t extent = 0;
    if (layout.sizes[d] < 0 || layout.strides[d] < 0) return false;
    if (layout.sizes[d] == 0) return true;
    if (!checked_mul(layout.sizes[d] - 1, layout.strides[d], extent) || !checked_add(end, extent, end)) return false;
  }
  return checked_add(end, std::int64_t{1}, end);
}

// Row-major order, whatever the strides of dimensions of size 1.
bool is_contiguous(const StridedLayout& layout) {
  std::int64_t expected = 1;
  for (std::size_t d = layout.sizes.size(); d-- > 0;) {
    if (layout.sizes[d] != 1 && layout.strides[d] != expected) return false;
    expected *= layout.sizes[d];
  }
  return true;
}

template <std::size_t size>
void gather(const StridedLayout& layout, const std::uint8_t* from, std::uint8_t* to, std::int64_t count) {
  const std::size_t rank = layout.sizes.size();
  std::vector<std::int64_t> index(rank, 0);
  // The stride of a dimension of size 1 says nothing and may be anything.
  std::vector<std::int64_t> strides = layout.strides;
  for (std::size_t d = 0; d < rank; ++d)
    if (layout.sizes[d] == 1) strides[d] = 0;
  std::int64_t element = layout.offset;
  for (std::int64_t i = 0; i < count; ++i, to += size) {
    std::memcpy(to, from + static_cast<std::size_t>(element) * size, size);
    for (std::size_t d = rank; d-- > 0;) {
      element += strides[d];
      if (++index[d] < layout.sizes[d]) break;
      element -= strides[d] * layout.sizes[d];
      index[d] = 0;
    }
  }
}

}  // namespace

Result<ir::Tensor> materialise(const StridedLayout& layout, const std::vector<std::uint8_t>& storage) {
  if (layout.sizes.size() != layout.strides.size()) return input_error("a tensor's sizes and strides differ in number");
  CORTADO_TRY(ir::Tensor tensor, ir::Tensor::create(layout.dtype, layout.sizes));
  const std::size_t count = static_cast<std::size_t>(tensor.elements());
  const std::size_t size = size_bytes(layout.dtype);
  if (size == 0) return input_error(std::string("a tensor of type ") + name(layout.dtype) + " cannot be in a file");
  std::int64_t end = 0;
  if (!end_of(layout, end)) return input_error("a tensor's sizes, strides or offset are impossible");
  if (count == 0) return tensor;
  if (static_cast<std::uint64_t>(end) > storage.size() / size)
    return input_error("a tensor needs " + std::to_string(end) + " elements of a storage of " +
                       std::to_string(storage.size() / size));
  std::uint8_t* to = tensor.mutable_bytes().data();
  if (is_contiguous(layout)) {
    std::memcpy(to, storage.data() + static_cast<std::size_t>(layout.offset) * size, count * size);
    return tensor;
  }
  const auto elements = static_cast<std::int64_t>(count);
  switch (size) {
    case 1: gather<1>(layout, storage.data(), to, elements); break;
    case 2: gather<2>(layout, storage.data(), to, elements); break;
    case 4: gather<4>(layout, storage.data(), to, elements); break;
    default: gather<8>(layout, storage.data(), to, elements); break;
  }
  return tensor;
}

}  // namespace cortado::formats
