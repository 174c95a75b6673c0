// Products of patches with the weights of 4 outputs. Host and target, C++17.
#pragma once

#include "ops/packed_conv2d/patches.h"
#include "ops/packed_output.h"

namespace cortado::ops {

// Sums of 4 outputs for 1 or 2 patches, `step` ≥ 16 bytes apart.
template <int pixels>
inline void group_sums(const std::int8_t* x, std::int32_t step, std::int32_t blocks, const std::int8_t* w,
                       simd::I32x4 (&sums)[pixels]) {
  std::int32_t sum[2][packed_group];
  const std::int8_t *x0 = x + packed_first(step), *x1 = pixels == 2 ? x0 + step : x0;
  {
    const simd::I8x16 a = simd::load(x0), b = simd::load(x1);
    for (int o = 0; o < packed_group; ++o) {
      const simd::I8x16 weights = simd::load(w + packed_vector * o);
      sum[0][o] = simd::dot(a, weights);
      if (pixels == 2) sum[1][o] = simd::dot(b, weights);
    }
  }
  x0 = x + packed_second(step);
  x1 = pixels == 2 ? x0 + step : x0;
  w += packed_group * packed_vector;
  const std::int8_t* const end = w + blocks * packed_group * packed_vector;
  while (w != end) {
    const simd::I8x16 a = simd::load(x0), b = simd::load(x1);
    x0 += packed_vector;
    if (pixels == 2) x1 += packed_vector;
    for (int o = 0; o < packed_group; ++o) {
      const simd::I8x16 weights = simd::load(w + packed_vector * o);
      sum[0][o] = simd::add_dot(sum[0][o], a, weights);
      if (pixels == 2) sum[1][o] = simd::add_dot(sum[1][o], b, weights);
    }
    w += packed_group * packed_vector;
    simd::count_by(w);
  }
  for (int p = 0; p < pixels; ++p) sums[p] = simd::set(sum[p][0], sum[p][1], sum[p][2], sum[p][3]);
}

constexpr std::int32_t packed_factor_bytes = sizeof(PackedFactors<packed_group>);

constexpr std::int32_t packed_group_bytes(std::int32_t blocks) {
  return packed_factor_bytes + (1 + blocks) * packed_group * packed_vector;
}

// Results of a group for 1 or 2 patches, in the lanes' low bytes.
template <PackedForm form, int pixels>
inline void group_results(const PackedOutput& output, const std::int8_t* x, std::int32_t step, std::int32_t blocks,
                          const std::int8_t* group, simd::I32x4 (&results)[pixels]) {
  group_sums<pixels>(x, step, blocks, group + packed_factor_bytes, results);
  const auto& factors = *reinterpret_cast<const PackedFactors<packed_group>*>(group);
  const simd::I32x4 bias = simd::load(factors.bias), multiplier = simd::load(factors.multiplier);
  const simd::I32x4 offset = simd::load(factors.offset), shift = simd::load(factors.shift);
  for (simd::I32x4& sum : results)
    sum = simd::from_top_byte(finish_sums<form>(output, sum, bias, multiplier, offset, shift));
}

}  // namespace cortado::ops
