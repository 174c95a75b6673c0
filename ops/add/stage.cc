#include "ops/add/stage.h"

#include "ops/add/factor.h"
#include "ops/pair_stage.h"
#include "simd/vec.h"

namespace cortado::ops {
namespace {

using Plan = PairPlan<AddArithmetic>;

AddFactor checked_factor(Check& check, const std::int32_t* numbers) {
  check.range("a zero point", numbers[0], -128, 127).factor("a multiplier", numbers[1], numbers[2]);
  return {numbers[0], numbers[1], numbers[2]};
}

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = AddStage;
  Check check(report);
  check_pair(check, args, Number::count, plan);
  plan.arithmetic.self = checked_factor(check, args.numbers + Number::self_zero_point);
  plan.arithmetic.other = checked_factor(check, args.numbers + Number::other_zero_point);
  plan.arithmetic.output = checked_factor(check, args.numbers + Number::output_zero_point);
  plan.arithmetic.activation_min = args.numbers[Number::activation_min];
  plan.arithmetic.activation_max = args.numbers[Number::activation_max];
  return check.activation(plan.arithmetic.activation_min, plan.arithmetic.activation_max).code();
}

// An operand of four elements, scaled as AddFactor does; shift ≤ 0.
inline simd::I32x4 scaled(simd::I32x4 values, std::int32_t minus_zero_point, std::int32_t multiplier, simd::I32x4 shift) {
  const simd::I32x4 shifted = simd::shift_left<QuantizedAddArgs::left_shift>(simd::add(values, minus_zero_point));
  return simd::divide_by_power_of_two(simd::doubling_high_multiply(shifted, multiplier), shift);
}

// Elements in groups of four; how many of `count` these are.
std::int32_t add_fours(const AddArithmetic& add, const std::int8_t* self, const std::int8_t* other, std::int32_t count,
                       std::int8_t* out) {
  const AddArithmetic a = add;
  const simd::I32x4 self_shift = simd::fill(a.self.shift), other_shift = simd::fill(a.other.shift);
  const simd::I32x4 output_shift = simd::fill(a.output.shift);
  const std::int32_t fours = count / 4;
  for (std::int32_t i = 0; i < fours; ++i, self += 4, other += 4, out += 4) {
    const simd::I32x4 sum = simd::add(scaled(simd::load_wide(self), -a.self.zero_point, a.self.multiplier, self_shift),
                                      scaled(simd::load_wide(other), -a.other.zero_point, a.other.multiplier, other_shift));
    const simd::I32x4 result = simd::divide_by_power_of_two(simd::doubling_high_multiply(sum, a.output.multiplier), output_shift);
    simd::store_narrow(out, simd::clamp(simd::add(result, a.output.zero_point), a.activation_min, a.activation_max));
  }
  return 4 * fours;
}

void run_row(const Plan& plan, std::int32_t y) {
  const AddArithmetic add = plan.arithmetic;
  const std::int8_t* self = plan.self.row(y);
  const std::int8_t* other = plan.other.row(y);
  std::int8_t* out = plan.out.row(y);
  const std::int32_t count = plan.out.row_elements();
  const bool shifts_right = add.self.shift <= 0 && add.other.shift <= 0 && add.output.shift <= 0;
  for (std::int32_t i = shifts_right ? add_fours(add, self, other, count, out) : 0; i < count; ++i) out[i] = add(self[i], other[i]);
}

}  // namespace

extern const Stage add_stage;
const Stage add_stage = stage_row<Plan, make_plan, run_row>(AddStage::id, "add");

}  // namespace cortado::ops
