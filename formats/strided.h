// A tensor as PyTorch stores it: a window on a storage that several tensors may share.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ir/tensor.h"

namespace cortado::formats {

using Storage = std::shared_ptr<const std::vector<std::uint8_t>>;

// Where the elements of a tensor lie in its storage. All counts are in elements.
struct StridedLayout {
  DType dtype = DType::f32;
  ir::Shape sizes;
  std::vector<std::int64_t> strides;
  std::int64_t offset = 0;

  friend bool operator==(const StridedLayout&, const StridedLayout&) = default;
};

// The elements in logical row-major order. Errors: strides and sizes differ in number, a size, stride or offset is
// negative, an element lies outside the storage, or the result has more than 2^32 bytes.
Result<ir::Tensor> materialise(const StridedLayout& layout, const std::vector<std::uint8_t>& storage);

}  // namespace cortado::formats
