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
  std::int32_t outputs;  // that are made: all channels, or those whose weights begin at `stream`
};

Plan plan_of(const StageArguments& args) {
  const Patches patches = patches_of(args, args.numbers()[Number::input_zero_point], 0);
  return {patches, packed_output(args.numbers() + Number::form), args.constant(0), packed_blocks(patches.step), args.output.channels(), args.output.channels()};
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
  return has_pair_kernels && plan.output.form != PackedForm::general && is_pair_step(plan.patches.step) && plan.outputs >= packed_group;
}

// Pairs of patches `x` and `second`, and what follows them; the outputs that are no whole group are left.
void run_pairs(const Plan& plan, const std::int8_t* x, const std::int8_t* second, std::int32_t pairs, std::int32_t out_step, std::int8_t* out) {
  run_pair_rows({x, second, out, plan.stream + packed_factor_bytes, plan.patches.step, pairs, plan.outputs / packed_group, out_step,
                 packed_group, nullptr});
}

void run_pixels(const Plan& plan, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const Run run = {plan.output, plan.patches.step, plan.blocks, plan.channels};
  const std::int32_t pairs = has_pairs(plan) ? pixels / 2 : 0, paired = 2 * pairs;
  const std::int32_t groups = plan.outputs / packed_group, done = groups * packed_group;
  if (pairs != 0) run_pairs(plan, x, x + run.step, pairs, run.channels, out);
  with_form(plan.output, [&](auto form) {
    if (pairs != 0 && done != plan.outputs)
      run_groups<form()>(run, x, paired, plan.stream + groups * run.group_bytes(), plan.outputs - done, out + done);
    if (pixels != paired)
      run_groups<form()>(run, x + paired * run.step, pixels - paired, plan.stream, plan.outputs, out + paired * run.channels);
  });
}

// Calls run(part, its first output) for parts of the outputs whose weights even a small cache holds: rows that are made
// together fetch them once.
template <class Run>
void for_parts(const Plan& plan, Run run) {
  constexpr std::int32_t cached = 24 * 1024;
  const std::int32_t group_bytes = packed_group_bytes(plan.blocks);
  const std::int32_t outputs = (cached > group_bytes ? cached / group_bytes : 1) * packed_group;
  for (std::int32_t first = 0; first < plan.channels; first += outputs) {
    Plan part = plan;
    part.stream += first / packed_group * group_bytes;
    part.outputs = plan.channels - first < outputs ? plan.channels - first : outputs;
    run(part, first);
  }
}

void run_row(const Plan& plan, std::int32_t y, std::int32_t width, std::int8_t* out) {
  for_patches(plan.patches, y, width, 1, [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
    run_pixels(plan, patches, count, out + x * plan.channels);
  });
}

// Rows that follow each other in memory are as good as one.
bool are_one_row(const Rows& rows, std::int32_t y, std::int32_t count) {
  return rows.stride() == rows.row_bytes() && rows.row(y) + (count - 1) * rows.stride() == rows.row(y + count - 1);
}

// Two rows of an odd width, whose last pixels are a pair; without outputs that are no whole group.
void run_odd_rows(const Plan& plan, std::int32_t y, std::int32_t width, std::int8_t* out, std::int8_t* out_second) {
  const std::int32_t last = width - 1, step = plan.patches.step;
  const std::int8_t *x = plan.patches.in().row(y), *second = plan.patches.in().row(y + 1);
  if (last != 0) run_pairs(plan, x, x + step, last / 2, plan.channels, out);
  if (last != 0) run_pairs(plan, second, second + step, last / 2, plan.channels, out_second);
  run_pairs(plan, x + last * step, second + last * step, 1, static_cast<std::int32_t>(out_second - out), out + last * plan.channels);
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t rows) {
  const Plan plan = plan_of(args);
  const Rows &in = args.input[0], &out = args.output;
  if (rows > 1 && plan.patches.are_rows && are_one_row(in, y, rows) && are_one_row(out, y, rows))
    return run_pixels(plan, in.row(y), rows * out.width(), out.row(y));
  const std::int32_t width = out.width();
  if (rows == 1 || !plan.patches.are_rows) {
    for (; rows > 0; --rows, ++y) run_row(plan, y, width, out.row(y));
    return;
  }
  const bool are_odd = rows == 2 && plan.channels % packed_group == 0 && width % 2 != 0 && has_pairs(plan);
  for_parts(plan, [&](const Plan& part, std::int32_t first) {
    if (are_odd) return run_odd_rows(part, y, width, out.row(y) + first, out.row(y + 1) + first);
    for (std::int32_t i = 0; i < rows; ++i) run_pixels(part, plan.patches.in().row(y + i), width, out.row(y + i) + first);
  });
}

}  // namespace

extern const Stage packed_conv2d_stage;
const Stage packed_conv2d_stage = stage_rows<check_arguments, run_rows>(PackedConv2dStage::id, "packed_conv2d");

}  // namespace cortado::ops
