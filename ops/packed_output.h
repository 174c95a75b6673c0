// Requantisation for stages with packed weights, four sums at a time. Host and target, C++17.
//
// A sum becomes  clamp(round(sum · factor) + offset)  rounded twice, as support/fixed_point.h's requantize does. Where
// all channels' factors are 2^-s with s = 1 … 22 and the limits are those of int8, the fast forms compute it in fewer
// steps:
//
//   h = round((sum + bias) · multiplier / 2^31) + (offset · 2^s + 2^(s − 1)),   result = h · 2^(24 − s), saturated, top
//   byte
//
// The saturated shift leaves the clamped result in the top byte. Halves of negative sums, which go away from zero, need
// 1 less; where offset is the lower limit they are clamped anyway.
#pragma once

#include "ops/checks.h"
#include "simd/vec.h"

namespace cortado::ops {

enum class PackedForm : std::int32_t { at_limit, rounded, general };  // at_limit: the fast form with offset −128

// In a weight stream, of four channels or of one: bias with the input's zero point folded in, multiplier, and
// fast forms: offset · 2^s + 2^(s − 1), 24 − s; general: offset, −s.
template <int lanes>
struct PackedFactors {
  std::int32_t bias[lanes], multiplier[lanes], offset[lanes], shift[lanes];
};

struct PackedOutput {
  PackedForm form;
  std::int32_t activation_min, activation_max;  // of the general form
};

// PackedOutput is the numbers form, activation_min, activation_max as they lie in a blob.
template <class AnyCheck>
inline void check_packed_output(AnyCheck& check, const std::int32_t* numbers) {
  constexpr auto last = static_cast<std::uint32_t>(PackedForm::general);
  const bool are_sound = numbers[1] >= -128 && numbers[1] <= numbers[2] && numbers[2] <= 127;
  if (are_sound && static_cast<std::uint32_t>(numbers[0]) <= last)
    return;  // soon, as it is for every stage of most networks
  check.range("form", numbers[0], 0, static_cast<std::int32_t>(PackedForm::general)).activation(numbers[1], numbers[2]);
}
inline const PackedOutput& packed_output(const std::int32_t* numbers) {
  static_assert(sizeof(PackedOutput) == 3 * sizeof(std::int32_t), "the layout that blobs have");
  return *reinterpret_cast<const PackedOutput*>(numbers);
}

// Results in the top bytes of the lanes, of sums with their bias. Factor: simd::I32x4, or std::int32_t where all lanes
// have the same.
template <PackedForm form, class Factor>
inline simd::I32x4 finish_biased(const PackedOutput& output, simd::I32x4 sum, simd::I32x4 multiplier, Factor offset,
                                 Factor shift) {
  if constexpr (form == PackedForm::general) {
    const simd::I32x4 high = simd::doubling_high_multiply(sum, multiplier);
    const simd::I32x4 scaled =
        simd::add(simd::divide_by_power_of_two(high, simd::add(simd::fill(std::int32_t{0}), shift)), offset);
    return simd::to_top_byte(simd::clamp(scaled, output.activation_min, output.activation_max));
  } else if constexpr (form == PackedForm::at_limit && sizeof(Factor) == sizeof(std::int32_t)) {
    return simd::saturating_shift_left(simd::doubling_high_multiply_add(sum, multiplier, offset), shift);
  } else {
    simd::I32x4 high = simd::doubling_high_multiply(sum, multiplier);
    if constexpr (form == PackedForm::rounded) high = simd::add(high, simd::signs(sum));
    return simd::saturating_shift_left(simd::saturating_add(high, offset), shift);
  }
}

template <PackedForm form, class Factor>
inline simd::I32x4 finish_sums(const PackedOutput& output, simd::I32x4 sums, Factor bias, simd::I32x4 multiplier,
                               Factor offset, Factor shift) {
  return finish_biased<form>(output, simd::add(sums, bias), multiplier, offset, shift);
}

}  // namespace cortado::ops
