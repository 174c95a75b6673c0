// The heavy float operators by oneDNN: convolutions and matrix products. Host.
//
// Every call computes on the calling thread alone, so that samples can run in parallel. Compiled primitives, and the
// packed form of constant weights, are kept for the next call of the same kind; both caches are bounded. All functions
// may be called from several threads.
#pragma once

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::ops {

// A convolution over 1 to 3 spatial dimensions. All lists have one entry per spatial dimension.
struct Convolution {
  std::int64_t batch = 1, in_channels = 1, out_channels = 1, groups = 1;
  std::vector<std::int64_t> in, kernel, out;  // sizes
  std::vector<std::int64_t> stride, dilation;
  std::vector<std::int64_t> pad_low, pad_high;  // transposed: cut off the result; high may be negative
  bool transposed = false;
  bool has_bias = false;

  friend bool operator==(const Convolution&, const Convolution&) = default;
};

// x [batch, in_channels, in…], weight [out_channels, in_channels / groups, kernel…] or, transposed, [in_channels,
// out_channels / groups, kernel…], bias [out_channels] or null → [batch, out_channels, out…]. All f32.
// `weight_is_constant` lets the packed weights be kept.
Result<ir::Tensor> convolve(const Convolution& convolution, const ir::Tensor& x, const ir::Tensor& weight,
                            const ir::Tensor* bias, bool weight_is_constant);

// c [rows, columns] = a [rows, inner] · b [inner, columns], row-major; b [columns, inner] when `transpose_b`.
void multiply_matrices(std::int64_t rows, std::int64_t columns, std::int64_t inner, const float* a, const float* b,
                       bool transpose_b, float* c);

}  // namespace cortado::ops
