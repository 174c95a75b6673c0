// What packing weights for stages has in common. Host.
#pragma once

#include <algorithm>
#include <cstring>

#include "ops/packed_output.h"
#include "ops/stage_draft.h"
#include "support/fixed_point.h"

namespace cortado::ops {

// The constants of a convolution's draft: weight, bias, multipliers, shifts (stage_forms.h).
struct ConvolutionData {
  const std::int8_t* weight;
  std::size_t weights;
  const std::int32_t *bias, *multiplier, *shift;
  std::size_t outputs;

  explicit ConvolutionData(const StageDraft& draft)
      : weight(reinterpret_cast<const std::int8_t*>(draft.constants[0].data())), weights(draft.constants[0].size()),
        bias(integers(draft, 1)), multiplier(integers(draft, 2)), shift(integers(draft, 3)),
        outputs(draft.constants[1].size() / sizeof(std::int32_t)) {}

  // Whether PackedFactors can hold the factors.
  bool has_packed_factors() const {
    return std::all_of(shift, shift + outputs, [](std::int32_t s) { return s <= 0 && s >= -31; }) &&
           std::all_of(multiplier, multiplier + outputs, [](std::int32_t m) { return m != INT32_MIN; });
  }
  // Output `o` into lane `lane`; weight_sum is that of all its taps. Outputs that do not exist are 0.
  void put_factors(std::size_t o, int lane, std::int32_t input_offset, std::int32_t weight_sum, PackedFactors& factors) const {
    if (o >= outputs) return;
    factors.bias[lane] = wrapping_add(bias[o], wrapping_multiply(input_offset, weight_sum));
    factors.multiplier[lane] = multiplier[o];
    factors.shift[lane] = shift[o];
  }

 private:
  static const std::int32_t* integers(const StageDraft& draft, std::size_t i) {
    return reinterpret_cast<const std::int32_t*>(draft.constants[i].data());
  }
};

inline void append_factors(std::vector<std::uint8_t>& stream, const PackedFactors& factors) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&factors);
  stream.insert(stream.end(), bytes, bytes + sizeof factors);
}

}  // namespace cortado::ops
