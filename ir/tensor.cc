#include "ir/tensor.h"

#include <cstring>

#include "support/checked.h"

namespace cortado::ir {

std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (std::int64_t size : shape) count *= size;
  return count;
}

Tensor::Tensor(DType dtype, Shape shape)
    : dtype_(dtype),
      shape_(std::move(shape)),
      bytes_(std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(element_count(shape_)) *
                                                         cortado::size_bytes(dtype))) {}

Result<Tensor> Tensor::create(DType dtype, Shape shape, std::size_t limit_bytes) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  if (!checked_product(shape.data(), shape.size(), count) || !checked_mul(count, cortado::size_bytes(dtype), bytes) ||
      bytes > limit_bytes) {
    std::string text;
    for (std::int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
    return input_error("a tensor of shape [" + text + "] is negative or too large");
  }
  return Tensor(dtype, std::move(shape));
}

std::span<const std::uint8_t> Tensor::bytes() const {
  if (!bytes_) return {};
  return {bytes_->data(), bytes_->size()};
}

std::span<std::uint8_t> Tensor::mutable_bytes() {
  if (!bytes_) return {};
  if (bytes_.use_count() > 1) bytes_ = std::make_shared<std::vector<std::uint8_t>>(*bytes_);
  return {bytes_->data(), bytes_->size()};
}

Tensor Tensor::reshaped(Shape shape) const {
  Tensor result = *this;
  assert(element_count(shape) == elements());
  result.shape_ = std::move(shape);
  return result;
}

namespace {

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000u) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1fu;
  const std::uint32_t mantissa = half & 0x3ffu;
  if (exponent == 0) {
    const float value = static_cast<float>(mantissa) * 0x1p-24f;
    return sign != 0 ? -value : value;
  }
  const std::uint32_t bits = sign | (mantissa << 13) | (exponent == 0x1f ? 0x7f800000u : (exponent + 112) << 23);
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

float bfloat_to_float(std::uint16_t bfloat) {
  const std::uint32_t bits = static_cast<std::uint32_t>(bfloat) << 16;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

double Tensor::as_double(std::int64_t index) const {
  switch (dtype_) {
    case DType::f32: return data<float>()[index];
    case DType::f64: return data<double>()[index];
    case DType::f16: return half_to_float(data<std::uint16_t>()[index]);
    case DType::bf16: return bfloat_to_float(data<std::uint16_t>()[index]);
    default: return static_cast<double>(as_int(index));
  }
}

std::int64_t Tensor::as_int(std::int64_t index) const {
  switch (dtype_) {
    case DType::u8:
    case DType::boolean: return data<std::uint8_t>()[index];
    case DType::i8: return data<std::int8_t>()[index];
    case DType::i16: return data<std::int16_t>()[index];
    case DType::i32: return data<std::int32_t>()[index];
    case DType::i64: return data<std::int64_t>()[index];
    default: return static_cast<std::int64_t>(as_double(index));
  }
}

std::vector<std::int64_t> contiguous_strides(const Shape& shape) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * shape[i];
  return strides;
}

Tensor permuted(const Tensor& tensor, std::span<const std::int64_t> permutation) {
  const std::size_t rank = tensor.rank();
  assert(permutation.size() == rank);
  const auto input_strides = contiguous_strides(tensor.shape());
  Shape shape(rank);
  std::vector<std::int64_t> strides(rank);
  for (std::size_t i = 0; i < rank; ++i) {
    shape[i] = tensor.shape()[static_cast<std::size_t>(permutation[i])];
    strides[i] = input_strides[static_cast<std::size_t>(permutation[i])];
  }
  Tensor result(tensor.dtype(), shape);
  const std::size_t size = size_bytes(tensor.dtype());
  const std::uint8_t* from = tensor.bytes().data();
  std::uint8_t* to = result.mutable_bytes().data();
  std::vector<std::int64_t> index(rank, 0);
  std::int64_t offset = 0;
  for (std::int64_t i = 0, n = result.elements(); i < n; ++i) {
    std::memcpy(to, from + static_cast<std::size_t>(offset) * size, size);
    to += size;
    for (std::size_t d = rank; d-- > 0;) {
      offset += strides[d];
      if (++index[d] < shape[d]) break;
      offset -= strides[d] * shape[d];
      index[d] = 0;
    }
  }
  return result;
}

}  // namespace cortado::ir
