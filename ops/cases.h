// Random cases of an operator, made the same way on the host and on the core, so that their results can be compared
// by hash. Host and target, C++17, no heap: everything lies in a buffer that the caller gives.
#pragma once

#include "ops/contract.h"

namespace cortado::ops {

// xorshift64*; period 2^64 − 1.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u) {
    if (state_ == 0) state_ = 1;
  }
  std::uint64_t bits() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Du;
  }
  // Uniform in low…high, both included.
  std::int32_t between(std::int32_t low, std::int32_t high) {
    const std::uint64_t span = static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - low) + 1;
    return static_cast<std::int32_t>(low + static_cast<std::int64_t>((bits() >> 32) % span));
  }
  bool chance(std::int32_t one_in) { return between(1, one_in) == 1; }
  // Uniform in [0, 1), a multiple of 2^-24.
  float unit() { return static_cast<float>(bits() >> 40) * 0x1p-24f; }

 private:
  std::uint64_t state_;
};

class CaseBuilder {
 public:
  static constexpr std::size_t guard_bytes = 32;
  static constexpr std::uint8_t guard_value = 0xA5;

  CaseBuilder(std::uint64_t seed, void* buffer, std::size_t size_bytes)
      : random(seed), next_(static_cast<std::uint8_t*>(buffer)), end_(next_ + size_bytes) {}

  Random random;

  // A tensor with random bytes (f32: values in −8…8), 16-aligned, between guard bytes. `dim_order` empty = 0, 1, …
  Tensor tensor(DType dtype, const std::int32_t* sizes, std::size_t rank, const std::uint8_t* dim_order = nullptr);
  // The same, remembered as an output whose bytes are compared.
  Tensor output(DType dtype, const std::int32_t* sizes, std::size_t rank, const std::uint8_t* dim_order = nullptr);
  IntList list(const std::int64_t* values, std::size_t count);
  NumberList list(const double* values, std::size_t count);
  TensorList list(const Tensor* values, std::size_t count);
  // Raw memory, 16-aligned; null when the buffer is used up.
  void* take(std::size_t size_bytes);

  bool fits() const { return fits_; }  // false: the case needs a larger buffer and must be skipped
  std::size_t output_count() const { return outputs_; }
  const Tensor& output_at(std::size_t i) const { return output_[i]; }
  // Whether the guard bytes around every tensor are untouched.
  bool guards_intact() const;

 private:
  static constexpr std::size_t max_outputs = 8;
  static constexpr std::size_t max_tensors = 24;
  std::uint8_t* next_;
  std::uint8_t* end_;
  bool fits_ = true;
  std::size_t outputs_ = 0;
  Tensor output_[max_outputs];
  std::size_t tensors_ = 0;
  Tensor tensor_[max_tensors];
};

}  // namespace cortado::ops
