// What packing weights for stages has in common. Host.
#pragma once

#include <algorithm>
#include <cstring>

#include "ops/packed_output.h"
#include "ops/stage_draft.h"
#include "support/fixed_point.h"

namespace cortado::ops {

using Stream = std::vector<std::uint8_t>;

// A filter's draft of the general stage (stage_forms.h): constants weight, bias, multipliers, shifts; numbers its own, then
// input_offset, output_offset, activation_min, activation_max.
class FilterData {
 public:
  explicit FilterData(const StageDraft& draft)
      : weight_(reinterpret_cast<const std::int8_t*>(draft.constants[0].data())), weights_(draft.constants[0].size()),
        bias_(integers(draft, 1)), multiplier_(integers(draft, 2)), shift_(integers(draft, 3)),
        outputs_(draft.constants[1].size() / sizeof(std::int32_t)), input_offset_(draft.numbers[1]),
        output_offset_(draft.numbers[2]), low_(draft.numbers[3]), high_(draft.numbers[4]) {}

  std::size_t outputs() const { return outputs_; }
  std::size_t weights() const { return weights_; }
  const std::int8_t* weight() const { return weight_; }

  // Whether any form can hold the factors.
  bool can_be_packed() const { return outputs_ != 0 && factors_are(-31, 0); }
  // The numbers that packed stages have: the input's zero point, form, activation_min, activation_max.
  std::vector<std::int32_t> numbers() const { return {-input_offset_, static_cast<std::int32_t>(form()), low_, high_}; }

  // Appends the factors of `lanes` outputs, first, first + step and so on; weight_sum is that of all taps of outputs first,
  // first + 1 and so on. Outputs that do not exist are 0.
  template <int lanes>
  void append_factors(std::size_t first, const std::int32_t* weight_sum, Stream& stream, std::size_t step = 1) const {
    PackedFactors<lanes> factors = {};
    for (std::size_t lane = 0; lane < lanes && first + lane * step < outputs_; ++lane) {
      const std::size_t o = first + lane * step;
      factors.bias[lane] = wrapping_add(bias_[o], wrapping_multiply(input_offset_, weight_sum[lane * step]));
      factors.multiplier[lane] = multiplier_[o];
      const std::int32_t s = -shift_[o];
      const bool fast = form() != PackedForm::general;
      factors.offset[lane] = fast ? output_offset_ * (1 << s) + (1 << (s - 1)) : output_offset_;
      factors.shift[lane] = fast ? 24 - s : -s;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&factors);
    stream.insert(stream.end(), bytes, bytes + sizeof factors);
  }

 private:
  static const std::int32_t* integers(const StageDraft& draft, std::size_t i) {
    return reinterpret_cast<const std::int32_t*>(draft.constants[i].data());
  }
  bool factors_are(std::int32_t low, std::int32_t high) const {
    return std::all_of(shift_, shift_ + outputs_, [&](std::int32_t s) { return s >= low && s <= high; }) &&
           std::all_of(multiplier_, multiplier_ + outputs_, [](std::int32_t m) { return m >= 0; });
  }
  PackedForm form() const {
    if (low_ != -128 || high_ != 127 || !factors_are(-22, -1)) return PackedForm::general;
    return output_offset_ == -128 ? PackedForm::at_limit : PackedForm::rounded;
  }

  const std::int8_t* weight_;
  std::size_t weights_;
  const std::int32_t *bias_, *multiplier_, *shift_;
  std::size_t outputs_;
  std::int32_t input_offset_, output_offset_, low_, high_;
};

}  // namespace cortado::ops
