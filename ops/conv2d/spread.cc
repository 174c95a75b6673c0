#include "ops/conv2d/spread.h"

#include <algorithm>

namespace cortado::ops::conv2d {

ir::Tensor spread(const ir::Tensor& weight, std::size_t axis, std::int64_t dilation) {
  if (dilation == 1 || weight.shape()[axis] < 2) return weight;
  ir::Shape shape = weight.shape();
  shape[axis] = dilation * (shape[axis] - 1) + 1;
  ir::Tensor result(weight.dtype(), shape);
  std::size_t block = size_bytes(weight.dtype());
  for (std::size_t i = axis + 1; i < shape.size(); ++i) block *= static_cast<std::size_t>(shape[i]);
  const auto from_size = static_cast<std::size_t>(weight.shape()[axis]);
  const auto to_size = static_cast<std::size_t>(shape[axis]);
  const std::size_t blocks = weight.size_bytes() / block;
  const std::uint8_t* from = weight.bytes().data();
  std::uint8_t* to = result.mutable_bytes().data();
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::size_t row = i / from_size, k = i % from_size;
    std::copy_n(from + i * block, block, to + (row * to_size + k * static_cast<std::size_t>(dilation)) * block);
  }
  return result;
}

}  // namespace cortado::ops::conv2d
