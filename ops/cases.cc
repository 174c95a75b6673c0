#include "ops/cases.h"

#include <string.h>

#include <new>

namespace cortado::ops {

void* CaseBuilder::take(std::size_t size_bytes) {
  std::uint8_t* aligned =
      reinterpret_cast<std::uint8_t*>((reinterpret_cast<std::uintptr_t>(next_) + 15) & ~std::uintptr_t{15});
  if (!fits_ || aligned > end_ || size_bytes > static_cast<std::size_t>(end_ - aligned)) {
    fits_ = false;
    return nullptr;
  }
  next_ = aligned + size_bytes;
  return aligned;
}

Tensor CaseBuilder::tensor(DType dtype, const std::int32_t* sizes, std::size_t rank, const std::uint8_t* dim_order) {
  Tensor tensor;
  tensor.rank = static_cast<std::uint8_t>(rank);
  tensor.dtype = dtype;
  auto* own_sizes = static_cast<std::int32_t*>(take(sizeof(std::int32_t) * max_rank));
  auto* own_order = static_cast<std::uint8_t*>(take(max_rank));
  if (!fits_) return tensor;
  for (std::size_t i = 0; i < rank; ++i) {
    own_sizes[i] = sizes[i];
    own_order[i] = dim_order != nullptr ? dim_order[i] : static_cast<std::uint8_t>(i);
  }
  tensor.sizes = own_sizes;
  tensor.dim_order = own_order;
  auto* memory = static_cast<std::uint8_t*>(take(tensor.bytes() + 2 * guard_bytes));
  if (!fits_ || tensors_ == max_tensors) {
    fits_ = false;
    return tensor;
  }
  memset(memory, guard_value, tensor.bytes() + 2 * guard_bytes);
  tensor.data = memory + guard_bytes;
  if (dtype == DType::f32) {
    for (std::size_t i = 0; i < tensor.elements(); ++i) tensor.as<float>()[i] = (random.unit() - 0.5f) * 16.0f;
  } else {
    for (std::size_t i = 0; i < tensor.bytes(); ++i)
      tensor.as<std::uint8_t>()[i] = static_cast<std::uint8_t>(random.bits() >> 56);
    if (dtype == DType::boolean)
      for (std::size_t i = 0; i < tensor.bytes(); ++i) tensor.as<std::uint8_t>()[i] &= 1;
  }
  tensor_[tensors_++] = tensor;
  return tensor;
}

Tensor CaseBuilder::output(DType dtype, const std::int32_t* sizes, std::size_t rank, const std::uint8_t* dim_order) {
  const Tensor result = tensor(dtype, sizes, rank, dim_order);
  if (!fits_ || outputs_ == max_outputs) {
    fits_ = false;
    return result;
  }
  output_[outputs_++] = result;
  return result;
}

IntList CaseBuilder::list(const std::int64_t* values, std::size_t count) {
  auto* own = static_cast<std::int64_t*>(take(sizeof(std::int64_t) * count));
  if (!fits_) return {};
  for (std::size_t i = 0; i < count; ++i) own[i] = values[i];
  return {own, static_cast<std::uint32_t>(count)};
}

NumberList CaseBuilder::list(const double* values, std::size_t count) {
  auto* own = static_cast<double*>(take(sizeof(double) * count));
  if (!fits_) return {};
  for (std::size_t i = 0; i < count; ++i) own[i] = values[i];
  return {own, static_cast<std::uint32_t>(count)};
}

TensorList CaseBuilder::list(const Tensor* values, std::size_t count) {
  auto* own = static_cast<Tensor*>(take(sizeof(Tensor) * count));
  if (!fits_) return {};
  for (std::size_t i = 0; i < count; ++i) new (&own[i]) Tensor(values[i]);
  return {own, static_cast<std::uint32_t>(count)};
}

bool CaseBuilder::guards_intact() const {
  for (std::size_t t = 0; t < tensors_; ++t) {
    const std::uint8_t* data = tensor_[t].as<std::uint8_t>();
    const std::size_t size = tensor_[t].bytes();
    for (std::size_t i = 0; i < guard_bytes; ++i)
      if (data[size + i] != guard_value || *(data - 1 - i) != guard_value) return false;
  }
  return true;
}

}  // namespace cortado::ops
