// Requantisation with a factor per output channel, as convolutions carry it. Host and target, C++17.
#pragma once

#include "ops/cases.h"
#include "ops/checks.h"
#include "ops/stage.h"
#include "support/fixed_point.h"

namespace cortado::ops {

// From an accumulator to an int8 output of one channel.
struct ChannelOutput {
  const std::int32_t* multiplier = nullptr;  // [channels]
  const std::int32_t* shift = nullptr;
  const std::int32_t* bias = nullptr;  // null = 0
  std::int32_t offset = 0, activation_min = -128, activation_max = 127;

  std::int32_t start(std::int32_t channel) const { return bias != nullptr ? bias[channel] : 0; }
  std::int8_t finish(std::int32_t acc, std::int32_t channel) const {
    const std::int32_t scaled = requantize(acc, multiplier[channel], shift[channel]);
    return static_cast<std::int8_t>(clamp(wrapping_add(scaled, offset), activation_min, activation_max));
  }
};

// Whether all pairs are what Check::factor allows. Without a branch in the loop, so that it can be vectorised: a large
// network has tens of thousands of channels.
inline bool are_factors(const std::int32_t* multipliers, const std::int32_t* shifts, std::int64_t channels) {
  std::uint32_t wrong = 0;
  for (std::int32_t c = 0; c < static_cast<std::int32_t>(channels); ++c)
    wrong |= static_cast<std::uint32_t>(multipliers[c] == INT32_MIN) | static_cast<std::uint32_t>(shifts[c] < -31) |
             static_cast<std::uint32_t>(shifts[c] > 31);
  return wrong == 0;
}

// Args: a contract with bias, requantize_multipliers, requantize_shifts, output_offset and the activation's limits.
template <class Args>
ChannelOutput checked_channel_output(Check& check, const Args& args, std::int64_t channels) {
  const Tensor& multipliers = args.requantize_multipliers;
  const Tensor& shifts = args.requantize_shifts;
  check.dtype("requantize_multipliers", multipliers, DType::i32)
      .dtype("requantize_shifts", shifts, DType::i32)
      .equal("requantize_multipliers", "'s length", static_cast<std::int64_t>(multipliers.elements()), channels)
      .equal("requantize_shifts", "'s length", static_cast<std::int64_t>(shifts.elements()), channels)
      .that(multipliers.is_constant && shifts.is_constant, "requantize_multipliers and _shifts must be constant")
      .range("output_offset", args.output_offset, -128, 127)
      .activation(args.activation_min, args.activation_max);
  if (check.ok() && args.bias.present)
    check.dtype("bias", args.bias, DType::i32)
        .equal("bias", "'s length", static_cast<std::int64_t>(args.bias.elements()), channels);
  if (check.ok() && !are_factors(multipliers.as<std::int32_t>(), shifts.as<std::int32_t>(), channels))
    for (std::int64_t c = 0; check.ok() && c < channels; ++c)
      check.factor("requantize_multipliers", multipliers.as<std::int32_t>()[c], shifts.as<std::int32_t>()[c]);
  return {multipliers.as<std::int32_t>(),
          shifts.as<std::int32_t>(),
          args.bias.present ? args.bias.template as<std::int32_t>() : nullptr,
          args.output_offset,
          args.activation_min,
          args.activation_max};
}

// Of a stage: bias, multipliers and shifts are constants first … first + 2, offset and the activation's limits the
// numbers first_number … first_number + 2. After check_counts.
inline void check_channel_output(StageCheck& check, const StageArguments& args, std::int64_t channels,
                                 std::uint32_t first, std::uint32_t first_number) {
  check_constant<std::int32_t>(check, args, first, channels, "bias");
  check_constant<std::int32_t>(check, args, first + 1, channels, "multipliers");
  check_constant<std::int32_t>(check, args, first + 2, channels, "shifts");
  const std::int32_t* numbers = args.numbers() + first_number;
  check.range("output_offset", numbers[0], -128, 127).activation(numbers[1], numbers[2]);
  if (check.ok())
    check.that(are_factors(args.constant<std::int32_t>(first + 1), args.constant<std::int32_t>(first + 2), channels),
               "a multiplier or shift is out of range");
}

inline ChannelOutput channel_output(const StageArguments& args, std::uint32_t first, std::uint32_t first_number) {
  const std::int32_t* numbers = args.numbers() + first_number;
  return {args.constant<std::int32_t>(first + 1),
          args.constant<std::int32_t>(first + 2),
          args.constant<std::int32_t>(first),
          numbers[0],
          numbers[1],
          numbers[2]};
}

// Random factors, bias and limits of a case.
template <class Args>
bool make_channel_output(CaseBuilder& builder, Args& args, std::int32_t channels) {
  Random& random = builder.random;
  static_cast<Tensor&>(args.bias) = builder.tensor(DType::i32, &channels, 1);
  args.bias.present = !random.chance(4);
  args.requantize_multipliers = builder.tensor(DType::i32, &channels, 1);
  args.requantize_shifts = builder.tensor(DType::i32, &channels, 1);
  args.requantize_multipliers.is_constant = true;
  args.requantize_shifts.is_constant = true;
  if (!builder.fits()) return false;
  for (std::int32_t c = 0; c < channels; ++c) {
    args.bias.template as<std::int32_t>()[c] = random.between(-20000, 20000);
    args.requantize_multipliers.template as<std::int32_t>()[c] = random.between(1 << 30, INT32_MAX);
    args.requantize_shifts.template as<std::int32_t>()[c] = random.between(-11, random.chance(16) ? 5 : -6);
  }
  args.output_offset = random.between(-128, 127);
  args.activation_min = random.chance(2) ? -128 : random.between(-128, 0);
  args.activation_max = random.chance(2) ? 127 : random.between(0, 127);
  return true;
}

}  // namespace cortado::ops
