// A tensor of the host: a type, a shape and bytes in logical row-major order, whatever layout the program uses.
//
// Copies share the bytes; mutable_data() makes them private first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "support/dtype.h"
#include "support/result.h"

namespace cortado::ir {

using Shape = std::vector<std::int64_t>;

// Product of the sizes; 1 for rank 0. The sizes must be known to be valid (see Tensor::create for unchecked ones).
std::int64_t element_count(const Shape& shape);

class Tensor {
 public:
  Tensor() = default;  // f32 [0]
  // Zero-filled. The sizes must be non-negative and their product in bytes must fit.
  Tensor(DType dtype, Shape shape);
  // The same for sizes from outside: an input error when they are negative, overflow or exceed `limit_bytes`.
  static Result<Tensor> create(DType dtype, Shape shape, std::size_t limit_bytes = std::size_t{1} << 32);
  template <class T>
  static Tensor of(DType dtype, Shape shape, const std::vector<T>& values) {
    Tensor tensor(dtype, std::move(shape));
    std::copy(values.begin(), values.end(), tensor.mutable_data<T>());
    return tensor;
  }

  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::size_t rank() const { return shape_.size(); }
  std::int64_t elements() const { return element_count(shape_); }
  std::size_t size_bytes() const { return bytes_ ? bytes_->size() : 0; }
  std::span<const std::uint8_t> bytes() const;

  template <class T>
  const T* data() const {
    return reinterpret_cast<const T*>(bytes().data());
  }
  template <class T>
  T* mutable_data() {
    return reinterpret_cast<T*>(mutable_bytes().data());
  }
  std::span<std::uint8_t> mutable_bytes();

  // The same bytes under another shape with as many elements.
  Tensor reshaped(Shape shape) const;
  // Element i, widened: any real dtype to double (i64 above 2^53 loses bits).
  double as_double(std::int64_t index) const;
  std::int64_t as_int(std::int64_t index) const;

 private:
  DType dtype_ = DType::f32;
  Shape shape_ = {0};
  std::shared_ptr<std::vector<std::uint8_t>> bytes_;
};

// Row-major strides in elements.
std::vector<std::int64_t> contiguous_strides(const Shape& shape);
// dim i of the result is dim permutation[i] of the input.
Tensor permuted(const Tensor& tensor, std::span<const std::int64_t> permutation);

}  // namespace cortado::ir
