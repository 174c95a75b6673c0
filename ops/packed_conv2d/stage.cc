#include "ops/packed_conv2d/stage.h"

#include "ops/packed_conv2d/pair_kernels.h"
#include "ops/packed_conv2d/sums.h"

namespace cortado::ops {
namespace {

using Number = PackedConv2dStage;

// The arguments as they are used.
struct Plan {
  Patches patches;
  const PackedOutput& output;
  const std::int8_t* stream;
  std::int32_t blocks, channels;
};

Plan plan_of(const StageArguments& args) {
  const Patches patches = patches_of(args, args.numbers()[Number::input_zero_point], 0);
  return {patches, packed_output(args.numbers() + Number::form), args.constant(0), packed_blocks(patches.step), args.output.channels()};
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 1).ok()) return;
  check_int8(check, args);
  check_packed_output(check, args.numbers() + Number::form);
  if (!check_patches(check, args, args.numbers()[Number::input_zero_point], 0, 1)) return;
  const std::int64_t groups = (args.output.channels() + packed_group - 1) / packed_group;
  check_constant<std::int8_t>(check, args, 0, groups * packed_group_bytes(plan_of(args).blocks), "weights");
}

// What all groups of a run have in common, in locals of its own: stores of bytes might otherwise change it.
struct Run {
  PackedOutput output;
  std::int32_t step, blocks, channels;

  std::int32_t group_bytes() const { return packed_group_bytes(blocks); }
};

// `count` outputs, up to 4, of neighbouring pixels; moves `x` and `out` behind them.
template <PackedForm form, int pixels>
inline void run_group(const Run& run, const std::int8_t*& x, const std::int8_t* w, std::int32_t count, std::int8_t*& out) {
  simd::I32x4 results[pixels];
  group_results<form, pixels>(run.output, x, run.step, run.blocks, w, results);
  x += pixels * run.step;
  for (int p = 0; p < pixels; ++p, out += run.channels) simd::store_narrow_first(out, results[p], count);
}

// Neighbouring pixels with all outputs from `w` on: weights outside, pixels inside, so that a group is read once.
template <PackedForm form>
void run_groups(const Run& run, const std::int8_t* x, std::int32_t pixels, const std::int8_t* w, std::int32_t outputs, std::int8_t* out) {
  for (std::int32_t left = outputs; left > 0; left -= packed_group, w += run.group_bytes(), out += packed_group) {
    const std::int32_t count = left < packed_group ? left : packed_group;
    const std::int8_t* from = x;
    std::int8_t* to = out;
    for (std::int32_t pairs = pixels / 2; pairs > 0; --pairs) run_group<form, 2>(run, from, w, count, to);
    if (pixels % 2 != 0) run_group<form, 1>(run, from, w, count, to);
  }
}

bool has_pairs(const Plan& plan) {
  return has_pair_kernels && plan.output.form != PackedForm::general && is_pair_step(plan.patches.step) && plan.channels >= packed_group;
}

// Pairs of patches `x` and `second`, and what follows them; the outputs that are no whole group are left.
void run_pairs(const Plan& plan, const std::int8_t* x, const std::int8_t* second, std::int32_t pairs, std::int32_t out_step, std::int8_t* out) {
  run_pair_rows({x, second, out, plan.stream + packed_factor_bytes, plan.patches.step, pairs, plan.channels / packed_group, out_step,
                 packed_group, nullptr});
}

void run_pixels(const Plan& plan, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const Run run = {plan.output, plan.patches.step, plan.blocks, plan.channels};
  const std::int32_t pairs = has_pairs(plan) ? pixels / 2 : 0, paired = 2 * pairs;
  const std::int32_t groups = run.channels / packed_group, done = groups * packed_group;
  if (pairs != 0) run_pairs(plan, x, x + run.step, pairs, run.channels, out);
  with_form(plan.output, [&](auto form) {
    if (pairs != 0 && done != run.channels)
      run_groups<form()>(run, x, paired, plan.stream + groups * run.group_bytes(), run.channels - done, out + done);
    if (pixels != paired)
      run_groups<form()>(run, x + paired * run.step, pixels - paired, plan.stream, run.channels, out + paired * run.channels);
  });
}

void run_row(const Plan& plan, const Rows& output, std::int32_t y) {
  std::int8_t* out = output.row(y);
  for_patches(plan.patches, y, output.width(), 1, [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
    run_pixels(plan, patches, count, out + x * plan.channels);
  });
}

// Rows that follow each other in memory are as good as one.
bool are_one_row(const Rows& rows, std::int32_t y, std::int32_t count) {
  return rows.stride() == rows.row_bytes() && rows.row(y) + (count - 1) * rows.stride() == rows.row(y + count - 1);
}

// Two rows whose last pixels are a pair, without outputs that are no whole group.
void run_odd_rows(const Plan& plan, const Rows& output, std::int32_t y) {
  const std::int32_t last = output.width() - 1, step = plan.patches.step;
  const std::int8_t *x = plan.patches.in().row(y), *second = plan.patches.in().row(y + 1);
  std::int8_t *out = output.row(y), *out_second = output.row(y + 1);
  if (last != 0) run_pairs(plan, x, x + step, last / 2, plan.channels, out);
  if (last != 0) run_pairs(plan, second, second + step, last / 2, plan.channels, out_second);
  run_pairs(plan, x + last * step, second + last * step, 1, static_cast<std::int32_t>(out_second - out), out + last * plan.channels);
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t rows) {
  const Plan plan = plan_of(args);
  const Rows &in = args.input[0], &out = args.output;
  if (rows > 1 && plan.patches.are_rows && are_one_row(in, y, rows) && are_one_row(out, y, rows))
    return run_pixels(plan, in.row(y), rows * out.width(), out.row(y));
  if (rows == 2 && plan.patches.are_rows && plan.channels % packed_group == 0 && out.width() % 2 != 0 && has_pairs(plan))
    return run_odd_rows(plan, out, y);
  for (; rows > 0; --rows, ++y) run_row(plan, out, y);
}

}  // namespace

extern const Stage packed_conv2d_stage;
const Stage packed_conv2d_stage = stage_rows<check_arguments, run_rows>(PackedConv2dStage::id, "packed_conv2d");

}  // namespace cortado::ops
