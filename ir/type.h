// The type of a value: element type, logical shape, memory order and quantization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/tensor.h"

namespace cortado::ir {

// real = scale[c] · (quantized − zero_point[c]), with c the index along `axis`, or 0 per tensor.
// Scales are doubles because PyTorch computes with Python floats: derived multipliers depend on it.
struct Quantization {
  static constexpr int per_tensor = -1;

  std::vector<double> scale;             // one, or one per index of `axis`
  std::vector<std::int32_t> zero_point;  // as many
  int axis = per_tensor;
  std::int64_t quant_min = -128;  // inclusive limits of the quantized values
  std::int64_t quant_max = 127;

  bool is_per_tensor() const { return axis == per_tensor; }
  friend bool operator==(const Quantization&, const Quantization&) = default;
};

// Per-tensor parameters.
Quantization quantization(double scale, std::int32_t zero_point, std::int64_t quant_min = -128,
                          std::int64_t quant_max = 127);

struct Type {
  DType dtype = DType::f32;
  Shape shape;                               // logical order (N, C, H, W for images)
  std::vector<std::uint8_t> dim_order;       // outermost first, as in ExecuTorch; empty = 0, 1, 2, …
  std::optional<Quantization> quantization;  // present exactly on quantized values

  std::int64_t elements() const { return element_count(shape); }
  std::size_t size_bytes() const { return static_cast<std::size_t>(elements()) * cortado::size_bytes(dtype); }
  // dim_order spelled out, never empty for rank > 0.
  std::vector<std::uint8_t> full_dim_order() const;
  bool is_quantized() const { return quantization.has_value(); }
  friend bool operator==(const Type&, const Type&) = default;
};

// "i8[1, 16, 32, 32]" with " order 0231" where it is not contiguous and " q(0.0235, 5)" where quantized.
std::string to_string(const Type& type);

inline const std::vector<std::uint8_t> channels_last_order = {0, 2, 3, 1};

// Logical row-major bytes <-> bytes in `dim_order`.
Tensor to_physical(const Tensor& logical, const std::vector<std::uint8_t>& dim_order);  // shape is permuted too
Tensor to_logical(const Tensor& physical, const std::vector<std::uint8_t>& dim_order);

}  // namespace cortado::ir
