// Products of patches with the weights of 4 outputs. Host and target, C++17.
#pragma once

#include "ops/packed_conv2d/patches.h"
#include "ops/packed_output.h"

namespace cortado::ops {

// Sums of 4 outputs for 1 or 2 patches of `depth` ≥ 16 bytes, `step` bytes apart. Moves `w` behind the weights: to the factors.
// Sums and pointers just fit the core's registers.
template <int pixels>
inline void group_sums(const std::int8_t* x, std::int32_t step, std::int32_t depth, std::int32_t blocks, const std::int8_t*& w,
                       simd::I32x4 (&sums)[pixels]) {
  std::int32_t sum[2][packed_group];
  const std::int8_t *x0 = x, *x1 = pixels == 2 ? x + step : x;
  {
    const simd::I8x16 a = simd::load(x0 + (depth - packed_vector)), b = simd::load(x1 + (depth - packed_vector));
    for (int o = 0; o < packed_group; ++o) {
      const simd::I8x16 weights = simd::load(w + packed_vector * o);
      sum[0][o] = simd::dot(a, weights);
      if (pixels == 2) sum[1][o] = simd::dot(b, weights);
    }
  }
  w += packed_group * packed_vector;
  const auto add_block = [&] {
    const simd::I8x16 a = simd::load(x0), b = simd::load(x1);
    x0 += packed_vector;
    if (pixels == 2) x1 += packed_vector;
    for (int o = 0; o < packed_group; ++o) {
      const simd::I8x16 weights = simd::load(w + packed_vector * o);
      sum[0][o] = simd::add_dot(sum[0][o], a, weights);
      if (pixels == 2) sum[1][o] = simd::add_dot(sum[1][o], b, weights);
    }
    w += packed_group * packed_vector;
  };
  const std::int8_t* const end = w + blocks * packed_group * packed_vector;
  if (blocks % 2 != 0) add_block();
  while (w != end) {
    add_block();
    add_block();
    simd::count_by(w);
  }
  for (int p = 0; p < pixels; ++p) sums[p] = simd::set(sum[p][0], sum[p][1], sum[p][2], sum[p][3]);
}

// Their results, in the lanes' low bytes.
template <PackedForm form, int pixels>
inline void finish_group(const PackedOutput& output, const std::int8_t* factors_at, simd::I32x4 (&sums)[pixels]) {
  const auto& factors = *reinterpret_cast<const PackedFactors<packed_group>*>(factors_at);
  const simd::I32x4 bias = simd::load(factors.bias), multiplier = simd::load(factors.multiplier);
  const simd::I32x4 offset = simd::load(factors.offset), shift = simd::load(factors.shift);
  for (simd::I32x4& sum : sums) sum = simd::from_top_byte(finish_sums<form>(output, sum, bias, multiplier, offset, shift));
}

constexpr std::int32_t packed_group_bytes(std::int32_t blocks) {
  return (1 + blocks) * packed_group * packed_vector + static_cast<std::int32_t>(sizeof(PackedFactors<packed_group>));
}

}  // namespace cortado::ops
