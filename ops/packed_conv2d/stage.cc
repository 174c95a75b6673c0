#include "ops/packed_conv2d/stage.h"

#include "ops/packed_conv2d/sums.h"

namespace cortado::ops {
namespace {

struct Plan {
  Patches patches;
  Rows out;
  PackedOutput output;
  const std::int8_t* stream;
  std::int32_t blocks;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = PackedConv2dStage;
  Check check(report);
  check_counts(check, args, 1, Number::count, 1);
  check_int8(check, args);
  plan.output = checked_packed_output(check, args.numbers + Number::form);
  plan.patches = checked_patches(check, args, args.numbers[Number::input_zero_point]);
  if (!check.ok()) return check.code();
  plan.out = args.output;
  plan.blocks = packed_blocks(plan.patches.step);
  const std::int64_t groups = (plan.out.channels + packed_group - 1) / packed_group;
  plan.stream = checked_constant<std::int8_t>(check, args, 0, groups * packed_group_bytes(plan.blocks), "weights");
  return check.code();
}

// What all groups of a run have in common, in locals of its own: stores of bytes might otherwise change it.
struct Run {
  PackedOutput output;
  std::int32_t step, blocks, channels;
};

// `count` outputs, up to 4, of neighbouring pixels; moves `x` and `out` behind them.
template <PackedForm form, int pixels>
inline void run_group(const Run& run, const std::int8_t*& x, const std::int8_t* w, std::int32_t count, std::int8_t*& out) {
  simd::I32x4 sums[pixels];
  group_sums<pixels>(x, run.step, run.step, run.blocks, w, sums);
  finish_group<form, pixels>(run.output, w, sums);
  x += pixels * run.step;
  for (int p = 0; p < pixels; ++p, out += run.channels) simd::store_narrow_first(out, sums[p], count);
}

// Neighbouring pixels with all outputs: weights outside, pixels inside, so that a group is read once.
template <PackedForm form>
void run_pixels(const Plan& plan, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const Run run = {plan.output, plan.patches.step, plan.blocks, plan.out.channels};
  const std::int8_t* w = plan.stream;
  for (std::int32_t left = run.channels; left > 0; left -= packed_group, w += packed_group_bytes(run.blocks), out += packed_group) {
    const std::int32_t count = left < packed_group ? left : packed_group;
    const std::int8_t* from = x;
    std::int8_t* to = out;
    for (std::int32_t pairs = pixels / 2; pairs > 0; --pairs) run_group<form, 2>(run, from, w, count, to);
    if (pixels % 2 != 0) run_group<form, 1>(run, from, w, count, to);
  }
}

void run_row(const Plan& plan, std::int32_t y) {
  std::int8_t* out = plan.out.row(y);
  with_form(plan.output, [&](auto form) {
    for_patches(plan.patches, y, plan.out.width, 1, [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
      run_pixels<form()>(plan, patches, count, out + x * plan.out.channels);
    });
  });
}

}  // namespace

extern const Stage packed_conv2d_stage;
const Stage packed_conv2d_stage = stage_row<Plan, make_plan, run_row>(PackedConv2dStage::id, "packed_conv2d");

}  // namespace cortado::ops
