// How an operator's arguments look to a kernel. Host and target, C++17, no heap.
//
// An operator's contract is a struct of its arguments in the order of the wire (the .pte's argument list), with
//
//   struct QuantizedLinearArgs {
//     static constexpr const char* name = "cortex_m::quantized_linear.out";
//     Tensor input;                 // i8 [..., in_features]
//     OptionalTensor bias;          // i32 [out_features]
//     std::int32_t input_offset;    // −zero point, −127…128
//     IntList requantize_shifts;
//     Tensor out;
//     template <class Visit>
//     static constexpr void fields(Visit&& visit) {
//       visit("input", &QuantizedLinearArgs::input);
//       …
//     }
//   };
//
// or, shorter, each_field(visit, "input", &QuantizedLinearArgs::input, …).
//
// Reading from a program, checking, encoding, printing and the standard tests are all derived from fields().
// The member types are those below, int32_t/int64_t, double, bool and DType; the last field is the output, or, where
// an operator has several, the last ones.
#pragma once

#include <cstddef>
#include <cstdint>

#include "support/dtype.h"

namespace cortado::ops {

constexpr std::size_t max_rank = 8;

// visit(name, member) for every pair.
template <class Visit>
constexpr void each_field(Visit&&) {}
template <class Visit, class Member, class... Rest>
constexpr void each_field(Visit&& visit, const char* name, Member member, Rest... rest) {
  visit(name, member);
  each_field(visit, rest...);
}

// A tensor argument. `sizes` are logical; memory is dense in `dim_order` (outermost first), so with dim_order
// {0, 2, 3, 1} a logical (N, C, H, W) lies as N, H, W, C. The pointers live as long as the program.
struct Tensor {
  void* data = nullptr;
  const std::int32_t* sizes = nullptr;      // [rank], non-negative
  const std::uint8_t* dim_order = nullptr;  // [rank], a permutation
  std::uint8_t rank = 0;
  DType dtype = DType::f32;
  bool is_constant = false;

  std::int32_t size(std::size_t dim) const { return sizes[dim]; }
  // Product of the sizes. Loading proved that it fits in 32 bits, in bytes too.
  std::size_t elements() const {
    std::size_t count = 1;
    for (std::size_t i = 0; i < rank; ++i) count *= static_cast<std::size_t>(sizes[i]);
    return count;
  }
  std::size_t bytes() const { return elements() * size_bytes(dtype); }
  template <class T>
  T* as() const {
    return static_cast<T*>(data);
  }
};

struct OptionalTensor : Tensor {
  bool present = false;
};

struct IntList {
  const std::int64_t* values = nullptr;
  std::uint32_t count = 0;
  std::int64_t operator[](std::size_t i) const { return values[i]; }
};

struct OptionalInt {
  std::int64_t value = 0;
  bool present = false;
};

struct OptionalNumber {
  double value = 0;
  bool present = false;
};

struct NumberList {
  const double* values = nullptr;
  std::uint32_t count = 0;
};

struct OptionalNumberList : NumberList {
  bool present = false;
};

struct BoolList {
  const bool* values = nullptr;
  std::uint32_t count = 0;
};

struct OptionalIntList : IntList {
  bool present = false;
};

// Tensor?[]: absent entries have data == nullptr and rank 0.
struct TensorList {
  const Tensor* values = nullptr;
  std::uint32_t count = 0;
  const Tensor& operator[](std::size_t i) const { return values[i]; }
};

// An int or a float in the schema's `Scalar`.
struct Scalar {
  double number = 0;
  std::int64_t integer = 0;
  bool is_integer = false;
  bool is_boolean = false;
  double as_double() const { return is_integer || is_boolean ? static_cast<double>(integer) : number; }
};

struct OptionalScalar : Scalar {
  bool present = false;
};

struct String {
  const char* text = nullptr;  // not terminated
  std::uint32_t length = 0;
};

struct OptionalString : String {
  bool present = false;
};

struct OptionalDType {
  DType value = DType::f32;
  bool present = false;
};

// Whether the memory order is N, H, W, C for a rank-4 tensor; true as well for orders that lay the same bytes
// because dimensions of size 1 are free to move.
inline bool is_channels_last(const Tensor& tensor) {
  if (tensor.rank != 4) return false;
  std::uint8_t previous = 0;
  bool first = true;
  // Channels last orders the non-unit dimensions as 0, 2, 3, 1.
  constexpr std::uint8_t position[4] = {0, 3, 1, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint8_t dim = tensor.dim_order[i];
    if (tensor.sizes[dim] == 1) continue;
    if (!first && position[dim] < previous) return false;
    previous = position[dim];
    first = false;
  }
  return true;
}

// Whether two tensors of equal sizes lie in memory in the same element order.
inline bool same_order(const Tensor& a, const Tensor& b) {
  if (a.rank != b.rank) return false;
  std::size_t i = 0;
  std::size_t j = 0;
  for (;;) {
    while (i < a.rank && a.sizes[a.dim_order[i]] == 1) ++i;
    while (j < b.rank && b.sizes[b.dim_order[j]] == 1) ++j;
    if (i == a.rank || j == b.rank) return i == a.rank && j == b.rank;
    if (a.dim_order[i++] != b.dim_order[j++]) return false;
  }
}

inline bool same_sizes(const Tensor& a, const Tensor& b) {
  if (a.rank != b.rank) return false;
  for (std::size_t i = 0; i < a.rank; ++i)
    if (a.sizes[i] != b.sizes[i]) return false;
  return true;
}

// Whether the tensor's memory is dense in `order` (rank entries) too: dimensions of size 1 are free to move.
inline bool lies_in_order(const Tensor& tensor, const std::uint8_t* order) {
  std::size_t i = 0;
  for (std::size_t j = 0; j < tensor.rank; ++j) {
    if (tensor.sizes[order[j]] == 1) continue;
    while (tensor.sizes[tensor.dim_order[i]] == 1) ++i;
    if (tensor.dim_order[i++] != order[j]) return false;
  }
  return true;
}

// Strides in elements of the logical dimensions, from the memory order.
inline void strides_of(const Tensor& tensor, std::int32_t (&strides)[max_rank]) {
  std::int32_t stride = 1;
  for (std::size_t i = tensor.rank; i-- > 0;) {
    strides[tensor.dim_order[i]] = stride;
    stride *= tensor.sizes[tensor.dim_order[i]];
  }
}

}  // namespace cortado::ops
