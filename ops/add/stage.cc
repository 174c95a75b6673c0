#include "ops/add/stage.h"

#include "ops/add/factor.h"
#include "ops/pair_stage.h"

namespace cortado::ops {
namespace {

AddFactor factor(const std::int32_t* numbers) { return {numbers[0], numbers[1], numbers[2]}; }

void check_arguments(const StageArguments& args, StageCheck& check) {
  using Number = AddStage;
  if (!check_pair(check, args, Number::count).ok()) return;
  const std::int32_t* numbers = args.numbers();
  for (const std::uint32_t first : {Number::self_zero_point, Number::other_zero_point, Number::output_zero_point})
    check.range("a zero point", numbers[first], -128, 127)
        .factor("a multiplier", numbers[first + 1], numbers[first + 2]);
  check.activation(numbers[Number::activation_min], numbers[Number::activation_max]);
}

AddArithmetic arithmetic(const std::int32_t* numbers) {
  using Number = AddStage;
  return {factor(numbers + Number::self_zero_point), factor(numbers + Number::other_zero_point),
          factor(numbers + Number::output_zero_point), numbers[Number::activation_min],
          numbers[Number::activation_max]};
}

}  // namespace

extern const Stage add_stage;
const Stage add_stage = stage_row<check_arguments, run_pair<arithmetic>>(AddStage::id, "add");

}  // namespace cortado::ops
