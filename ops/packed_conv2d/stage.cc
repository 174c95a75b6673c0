#include "ops/packed_conv2d/stage.h"

#include "ops/packed_conv2d/compact_pair_kernels.h"
#include "ops/packed_conv2d/gather.h"
#include "ops/packed_conv2d/loops.h"
#include "ops/packed_conv2d/row_quad_kernels.h"

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
  return {patches,
          packed_output(args.numbers() + Number::form),
          args.constant(0),
          packed_blocks(patches.step),
          args.output.channels(),
          args.output.channels()};
}

Loop find_groups(const StageArguments& args) {
  return find_loop(LoopId::packed_groups_at_limit + args.numbers()[Number::form]);
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 1).ok()) return;
  check_int8(check, args);
  check_packed_output(check, args.numbers() + Number::form);
  Patches patches;
  if (!check_patches(check, args, args.numbers()[Number::input_zero_point], 0, 1, patches)) return;
  check_loop(check, find_groups(args));
  const std::int64_t groups = (args.output.channels() + packed_group - 1) / packed_group;
  check.bytes("weights", args.constants()[0].bytes, groups * packed_group_bytes(packed_blocks(patches.step)));
}

// For pairs of patches; null: there is none.
Loop find_pairs(const Plan& plan) {
  return plan.outputs >= packed_group ? find_helium_loop(pair_rows_loop(plan.output.form, plan.patches.step)) : nullptr;
}

// Pairs of patches `x` and `second`, and what follows them; the outputs that are no whole group are left.
void run_pairs(const Plan& plan, Loop loop, const std::int8_t* x, const std::int8_t* second, std::int32_t pairs,
               std::int32_t out_step, std::int8_t* out) {
  run_pair_loop(loop, {x, second, out, plan.stream + packed_factor_bytes, plan.patches.step, pairs,
                       plan.outputs / packed_group, out_step, packed_group, nullptr});
}

// For fours of pixels; null: there is none.
Loop find_quads(const Plan& plan) {
  return find_helium_loop(row_quads_loop(plan.output.form, plan.patches.step, plan.patches.args->output));
}

// `pixels` ≥ 4: the last ones once more where they are no whole quad.
void run_quads(const Plan& plan, Loop loop, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const std::int32_t channels = plan.channels, again = pixels - row_quad;
  alignas(16) const std::int32_t places[] = {0, channels, 2 * channels, 3 * channels};
  RowQuadArguments arguments = {x, out, pixels / row_quad, plan.outputs / 2, plan.stream, row_quad * channels, places};
  loop(&arguments);
  if (pixels % row_quad == 0) return;
  arguments.x += again * plan.patches.step, arguments.out += again * channels, arguments.quads = 1;
  loop(&arguments);
}

void run_pixels(const Plan& plan, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const Loop quads = find_quads(plan);
  if (quads != nullptr && pixels >= row_quad) return run_quads(plan, quads, x, pixels, out);
  const GroupsRun run = {plan.output, plan.patches.step, plan.blocks, plan.channels};
  const Loop loop = find_pairs(plan), groups_loop = find_groups(*plan.patches.args);
  const std::int32_t pairs = loop != nullptr ? pixels / 2 : 0, paired = 2 * pairs;
  const std::int32_t groups = plan.outputs / packed_group, done = groups * packed_group;
  if (pairs != 0) run_pairs(plan, loop, x, x + run.step, pairs, run.channels, out);
  if (pairs != 0 && done != plan.outputs) {
    const GroupsArguments rest = {run,       x, paired, plan.stream + groups * run.group_bytes(), plan.outputs - done,
                                  out + done};
    groups_loop(&rest);
  }
  if (pixels != paired) {
    const GroupsArguments rest = {run,         x + paired * run.step, pixels - paired,
                                  plan.stream, plan.outputs,          out + paired * run.channels};
    groups_loop(&rest);
  }
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
  for_patches(plan.patches, y, width, row_quad, [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
    run_pixels(plan, patches, count, out + x * plan.channels);
  });
}

// Rows that follow each other in memory are as good as one.
bool are_one_row(const Rows& rows, std::int32_t y, std::int32_t count) {
  return rows.stride() == rows.row_bytes() && rows.row(y) + (count - 1) * rows.stride() == rows.row(y + count - 1);
}

// Two rows of an odd width, whose last pixels are a pair; without outputs that are no whole group.
void run_odd_rows(const Plan& plan, Loop loop, std::int32_t y, std::int32_t width, std::int8_t* out,
                  std::int8_t* out_second) {
  const std::int32_t last = width - 1, step = plan.patches.step;
  const std::int8_t *x = plan.patches.in().row(y), *second = plan.patches.in().row(y + 1);
  if (last != 0) run_pairs(plan, loop, x, x + step, last / 2, plan.channels, out);
  if (last != 0) run_pairs(plan, loop, second, second + step, last / 2, plan.channels, out_second);
  run_pairs(plan, loop, x + last * step, second + last * step, 1, static_cast<std::int32_t>(out_second - out),
            out + last * plan.channels);
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
  const bool are_odd = rows == 2 && plan.channels % packed_group == 0 && width % 2 != 0;
  const Loop odd_loop = are_odd ? find_pairs(plan) : nullptr;
  for_parts(plan, [&](const Plan& part, std::int32_t first) {
    if (odd_loop != nullptr) return run_odd_rows(part, odd_loop, y, width, out.row(y) + first, out.row(y + 1) + first);
    for (std::int32_t i = 0; i < rows; ++i)
      run_pixels(part, plan.patches.in().row(y + i), width, out.row(y + i) + first);
  });
}

}  // namespace

extern const Stage packed_conv2d_stage;
const Stage packed_conv2d_stage = stage_rows<check_arguments, run_rows>(PackedConv2dStage::id, "packed_conv2d");

}  // namespace cortado::ops
