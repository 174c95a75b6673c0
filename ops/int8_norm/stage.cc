#include "ops/int8_norm/stage.h"

#include "ops/int8_norm/arithmetic.h"

namespace cortado::ops {
namespace {

std::int64_t eps_of(const std::int32_t* numbers) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(static_cast<std::uint32_t>(numbers[NormStage::eps_high]))
                                       << 32 |
                                   static_cast<std::uint32_t>(numbers[NormStage::eps_low]));
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, NormStage::count, 2).ok()) return;
  check_int8(check, args);
  if (!check_same_rows(check, args).ok()) return;
  const std::int64_t eps = eps_of(args.numbers());
  const std::int32_t channels = args.output.channels();
  check.range("channels", channels, 1, static_cast<std::int32_t>(int8_norm::most_elements))
      .that(eps >= 1 && eps <= int8_norm::largest_eps, "eps is out of range")
      .range("output_zero_point", args.numbers()[NormStage::output_zero_point], -128, 127);
  check_constant<std::int32_t>(check, args, 0, channels, "factors");
  check_constant<std::int32_t>(check, args, 1, channels, "offsets");
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int32_t* numbers = args.numbers();
  const std::int64_t eps = eps_of(numbers);
  const std::int32_t channels = args.output.channels(), zero_point = numbers[NormStage::output_zero_point];
  const std::int32_t* factors = args.constant<std::int32_t>(0);
  const std::int32_t* offsets = args.constant<std::int32_t>(1);
  const std::int8_t* in = args.input[0].row(y);
  std::int8_t* out = args.output.row(y);
  for (std::int32_t x = 0; x < args.output.width(); ++x, in += channels, out += channels) {
    const int8_norm::RowStatistics statistics = int8_norm::statistics_of(in, channels, eps);
    for (std::int32_t c = 0; c < channels; ++c)
      out[c] = int8_norm::normalised(statistics, in[c], factors[c], offsets[c], zero_point);
  }
}

}  // namespace

extern const Stage int8_norm_stage;
const Stage int8_norm_stage = stage_row<check_arguments, run_row>(NormStage::id, "int8_norm");

}  // namespace cortado::ops
