#include "ops/host/index.h"

#include <algorithm>
#include <cstring>

#include "ops/host/broadcast.h"

namespace cortado::ops {

Result<std::vector<std::int64_t>> indices(const ir::Tensor& index, std::int64_t size) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(index.elements()));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::int64_t number = index.as_int(static_cast<std::int64_t>(i));
    if (number < -size || number >= size)
      return input_error("index " + std::to_string(number) + " is outside a dimension of size " + std::to_string(size));
    numbers[i] = number < 0 ? number + size : number;
  }
  return numbers;
}

ir::Tensor take(const ir::Tensor& tensor, const std::vector<std::int64_t>& places, const ir::Shape& shape) {
  ir::Tensor result(tensor.dtype(), shape);
  const std::size_t size = size_bytes(tensor.dtype());
  const std::uint8_t* from = tensor.bytes().data();
  std::uint8_t* to = result.mutable_bytes().data();
  for (std::int64_t place : places) {
    std::memcpy(to, from + static_cast<std::size_t>(place) * size, size);
    to += size;
  }
  return result;
}

ir::Tensor take_rows(const ir::Tensor& tensor, std::size_t dim, const std::vector<std::int64_t>& index,
                     const ir::Shape& shape) {
  ir::Tensor result(tensor.dtype(), shape);
  std::size_t outer = 1;
  std::size_t block = size_bytes(tensor.dtype());
  for (std::size_t d = 0; d < tensor.rank(); ++d)
    if (d != dim) (d < dim ? outer : block) *= static_cast<std::size_t>(tensor.shape()[d]);
  const std::size_t rows = tensor.rank() == 0 ? 1 : static_cast<std::size_t>(tensor.shape()[dim]);
  std::uint8_t* to = result.mutable_bytes().data();
  if (block == 0) return result;
  for (std::size_t o = 0; o < outer; ++o)
    for (std::int64_t i : index) {
      std::memcpy(to, tensor.bytes().data() + (o * rows + static_cast<std::size_t>(i)) * block, block);
      to += block;
    }
  return result;
}

Result<std::vector<std::int64_t>> places_along(const ir::Shape& shape, const ir::Tensor& index,
                                               std::int64_t given_dim) {
  CORTADO_TRY(const std::size_t dim, dimension(given_dim, shape.size()));
  CORTADO_TRY(const std::vector<std::int64_t> numbers, indices(index, shape.empty() ? 1 : shape[dim]));
  const std::vector<std::int64_t> strides = ir::contiguous_strides(shape);
  std::vector<std::int64_t> places(numbers.size(), 0);
  if (shape.empty()) return places;
  if (index.rank() == 0) return std::vector<std::int64_t>{numbers[0] * strides[dim]};  // as one of rank 1
  std::vector<std::int64_t> at(shape.size(), 0);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    for (std::size_t d = 0; d < shape.size(); ++d) places[i] += (d == dim ? numbers[i] : at[d]) * strides[d];
    for (std::size_t d = shape.size(); d-- > 0;) {
      if (++at[d] < index.shape()[d]) break;
      at[d] = 0;
    }
  }
  return places;
}

Result<AdvancedIndex> advanced_index(const Operands& operands, const ir::Shape& shape) {
  AdvancedIndex index;
  index.shape = shape;
  for (const ir::Value* value : operands.values("indices")) {
    if (value != nullptr && value->type.dtype == DType::boolean)
      return input_error("an index by a mask has a result whose shape depends on the data",
                         "use where() or masked_fill()");
    if (value != nullptr && value->type.dtype != DType::i64 && value->type.dtype != DType::i32 &&
        value->type.dtype != DType::u8)
      return input_error("an index must be of an integer type");
    index.tensors.push_back(value);
  }
  if (index.tensors.size() > shape.size()) return input_error("there are more indices than dimensions");
  index.tensors.resize(shape.size(), nullptr);
  std::vector<std::size_t> indexed;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (index.tensors[d] == nullptr) continue;
    indexed.push_back(d);
    CORTADO_TRY(index.common, broadcast_shapes(index.common, index.tensors[d]->type.shape));
  }
  const bool neighbours = !indexed.empty() && indexed.back() - indexed.front() + 1 == indexed.size();
  index.position = neighbours ? indexed.front() : 0;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (index.tensors[d] == nullptr) index.result.push_back(shape[d]);
  index.result.insert(index.result.begin() + static_cast<std::ptrdiff_t>(index.position), index.common.begin(),
                      index.common.end());
  return index;
}

Result<std::vector<std::int64_t>> AdvancedIndex::places(const Environment& environment) const {
  const std::vector<std::int64_t> strides = ir::contiguous_strides(shape);
  // What the index tensors contribute, over their common shape.
  std::vector<std::int64_t> chosen(static_cast<std::size_t>(ir::element_count(common)), 0);
  std::vector<std::size_t> whole;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (tensors[d] == nullptr) {
      whole.push_back(d);
      continue;
    }
    const ir::Tensor& tensor = environment.at(*tensors[d]);
    CORTADO_TRY(const std::vector<std::int64_t> numbers, indices(tensor, shape[d]));
    const BroadcastLoop<1> loop(common, {tensor.shape()});
    loop.run([&](std::int64_t at, const auto& offsets, std::int64_t count, const auto& steps) {
      for (std::int64_t i = 0; i < count; ++i)
        chosen[static_cast<std::size_t>(at + i)] +=
            numbers[static_cast<std::size_t>(offsets[0] + i * steps[0])] * strides[d];
    });
  }
  // The result's dimensions: `position` whole ones, the common ones, the other whole ones.
  std::vector<std::int64_t> places;
  places.reserve(static_cast<std::size_t>(ir::element_count(result)));
  std::vector<std::int64_t> before = {0}, after = {0};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::vector<std::int64_t>& list = i < position ? before : after;
    std::vector<std::int64_t> longer;
    for (std::int64_t base : list)
      for (std::int64_t k = 0; k < shape[whole[i]]; ++k) longer.push_back(base + k * strides[whole[i]]);
    list = std::move(longer);
  }
  for (std::int64_t b : before)
    for (std::int64_t c : chosen)
      for (std::int64_t a : after) places.push_back(b + c + a);
  return places;
}

}  // namespace cortado::ops
