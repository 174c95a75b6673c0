#include "ops/mul/stage.h"

#include "ops/mul/arithmetic.h"
#include "ops/pair_stage.h"

namespace cortado::ops {
namespace {

MulArithmetic arithmetic(const std::int32_t* numbers) {
  using Number = MulStage;
  return {numbers[Number::self_zero_point], numbers[Number::other_zero_point], numbers[Number::output_zero_point],
          numbers[Number::multiplier], numbers[Number::shift]};
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (check_pair(check, args, MulStage::count).ok()) check_mul(check, arithmetic(args.numbers()));
}

}  // namespace

extern const Stage mul_stage;
const Stage mul_stage = stage_row<check_arguments, run_pair<arithmetic>>(MulStage::id, "mul");

}  // namespace cortado::ops
