// What packing weights for stages has in common. Host.
#pragma once

#include <algorithm>
#include <cstring>

#include "ops/packed_output.h"
#include "ops/stage_draft.h"
#include "support/fixed_point.h"

namespace cortado::ops {

using Stream = std::vector<std::uint8_t>;

enum class WeightOrder { output_by_output, tap_by_tap };

// A filter's draft of the general stage (stage_forms.h): constants weight, bias, multipliers, shifts; numbers its own,
// then input_offset, output_offset, activation_min, activation_max.
//
// Outputs that are the same whatever the input (channels that training let die: their factors are tiny) get the factor
// 0 / 2 and their value as offset, so that they do not keep the others from the fast forms.
class FilterData {
 public:
  explicit FilterData(const StageDraft& draft, WeightOrder order = WeightOrder::output_by_output)
      : weight_(reinterpret_cast<const std::int8_t*>(draft.constants[0].data())),
        weights_(draft.constants[0].size()),
        bias_(integers(draft, 1)),
        multiplier_(integers(draft, 2), integers(draft, 2) + draft.constants[2].size() / 4),
        shift_(integers(draft, 3), integers(draft, 3) + draft.constants[3].size() / 4),
        outputs_(draft.constants[1].size() / sizeof(std::int32_t)),
        input_offset_(draft.numbers[1]),
        low_(draft.numbers[3]),
        high_(draft.numbers[4]),
        offset_(outputs_, draft.numbers[2]) {
    if (!can_be_packed()) return;
    for (std::size_t o = 0; o < outputs_; ++o) settle_constant(o, order);
    form_ = low_ != -128 || high_ != 127 || !factors_are(-22, -1) ? PackedForm::general
            : draft.numbers[2] == -128                            ? PackedForm::at_limit
                                                                  : PackedForm::rounded;
  }

  std::size_t outputs() const { return outputs_; }
  std::size_t weights() const { return weights_; }
  const std::int8_t* weight() const { return weight_; }
  PackedForm form() const { return form_; }

  // Whether any form can hold the factors.
  bool can_be_packed() const { return outputs_ != 0 && factors_are(-31, 0); }
  bool has_fast_form() const { return can_be_packed() && form_ != PackedForm::general; }
  // The numbers that packed stages have: the input's zero point, form, activation_min, activation_max.
  std::vector<std::int32_t> numbers() const { return {-input_offset_, static_cast<std::int32_t>(form_), low_, high_}; }

  // Appends the factors of `lanes` outputs, first, first + step and so on; weight_sum is that of all taps of outputs
  // first, first + 1 and so on. Outputs that do not exist are 0.
  template <int lanes>
  void append_factors(std::size_t first, const std::int32_t* weight_sum, Stream& stream, std::size_t step = 1) const {
    PackedFactors<lanes> factors = {};
    for (std::size_t lane = 0; lane < lanes && first + lane * step < outputs_; ++lane) {
      const std::size_t o = first + lane * step;
      factors.bias[lane] = wrapping_add(bias_[o], wrapping_multiply(input_offset_, weight_sum[lane * step]));
      factors.multiplier[lane] = multiplier_[o];
      const std::int32_t s = -shift_[o];
      const bool fast = form_ != PackedForm::general;
      factors.offset[lane] = fast ? offset_[o] * (1 << s) + (1 << (s - 1)) : offset_[o];
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
    return std::all_of(shift_.begin(), shift_.end(), [&](std::int32_t s) { return s >= low && s <= high; }) &&
           std::all_of(multiplier_.begin(), multiplier_.end(), [](std::int32_t m) { return m >= 0; });
  }

  std::int32_t result(std::int64_t sum, std::size_t o) const {
    return clamp(wrapping_add(requantize(static_cast<std::int32_t>(sum), multiplier_[o], shift_[o]), offset_[o]), low_,
                 high_);
  }
  // Results grow with sums: an output is constant when its least and its greatest sum give the same.
  void settle_constant(std::size_t o, WeightOrder order) {
    const std::size_t taps = weights_ / outputs_;
    const std::size_t first = order == WeightOrder::output_by_output ? o * taps : o;
    const std::size_t step = order == WeightOrder::output_by_output ? 1 : outputs_;
    std::int64_t least = bias_[o], greatest = bias_[o];
    for (std::size_t t = 0; t < taps; ++t) {
      const std::int64_t weight = weight_[first + t * step];
      const std::int64_t at_low = weight * (input_offset_ - 128), at_high = weight * (input_offset_ + 127);
      least += std::min(at_low, at_high);
      greatest += std::max(at_low, at_high);
    }
    if (least < INT32_MIN || greatest > INT32_MAX || result(least, o) != result(greatest, o)) return;
    offset_[o] = result(least, o);
    multiplier_[o] = 0;
    shift_[o] = -1;
  }

  const std::int8_t* weight_;
  std::size_t weights_;
  const std::int32_t* bias_;
  std::vector<std::int32_t> multiplier_, shift_;
  std::size_t outputs_;
  std::int32_t input_offset_, low_, high_;
  std::vector<std::int32_t> offset_;
  PackedForm form_ = PackedForm::general;
};

}  // namespace cortado::ops
