#include "ops/planar_conv2d/stage.h"

#include "ops/packed_conv2d/compact_pair_kernels.h"
#include "ops/packed_conv2d/gather.h"
#include "ops/planar_conv2d/loops.h"
#include "ops/planar_conv2d/quad_kernels.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t quad = planar_conv2d_quad;

using Number = PlanarConv2dStage;

PlanarConv2d plan_of(const StageArguments& args, const Patches& patches) {
  return {patches,
          packed_output(args.numbers() + Number::form),
          args.constant(0),
          packed_blocks(patches.step),
          args.output.channels(),
          args.output.planes().bytes,
          args.output.slots(),
          patches.step <= Number::max_resident_depth};
}

Loop find_columns(const PlanarConv2d& plan) {
  return find_loop(LoopId::planar_columns_at_limit + static_cast<std::int32_t>(plan.output.form));
}

std::int64_t stream_bytes(const PlanarConv2d& plan) {
  if (plan.is_resident)
    return plan.channels * ((1 + plan.blocks) * packed_vector + std::int64_t{sizeof(PackedFactors<1>)});
  return std::int64_t{plan.channels / packed_group} * packed_group_bytes(plan.blocks);
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 1).ok()) return;
  const Rows& out = args.output;
  check_int8(check, args)
      .range("outside", args.numbers()[Number::outside], -128, 127)
      .range("width", out.width(), Number::min_width, 1 << 16)
      .that(std::int64_t{out.channels()} * out.planes().bytes <= INT32_MAX, "the planes are too large");
  check_packed_output(check, args.numbers() + Number::form);
  Patches patches;
  if (!check_patches(check, args, args.numbers()[Number::input_zero_point], Number::max_resident_depth, quad, patches))
    return;
  const PlanarConv2d plan = plan_of(args, patches);
  check_loop(check, find_columns(plan));
  if (!plan.is_resident) check.equal("channels % 4", plan.channels % packed_group, 0);
  check.bytes("weights", args.constants()[0].bytes, stream_bytes(plan));
}

// Columns that are none of the image, in all slots: behind a channel's last one and in front of the next one's first.
void fill_outside(const PlanarConv2d& plan, const Rows& output, std::int8_t value) {
  const std::int32_t lead = output.planes().lead * plan.slots, end = lead + output.width() * plan.slots;
  const std::int32_t bytes = plan.plane - end + lead;
  auto* plane = reinterpret_cast<std::int8_t*>(output.base);
  if (bytes > packed_vector) return fill_bytes(plane, value, plan.channels * plan.plane);
  simd::store_first(plane, simd::fill(value), lead);
  plane += end;
  for (std::int32_t c = plan.channels; c > 0; --c, plane += plan.plane)
    simd::store_first(plane, simd::fill(value), bytes);
}

std::int8_t* first_column(const PlanarConv2d& plan, const Rows& output, std::int32_t y) {
  return output.column(0) + y % plan.slots;
}

void run_row(const PlanarConv2d& plan, const Rows& output, std::int32_t y) {
  std::int8_t* out = first_column(plan, output, y);
  for_patches(plan.patches, y, output.width(), quad,
              [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
                const ColumnsArguments arguments = {plan, patches, count, out + x * plan.slots};
                find_columns(plan)(&arguments);
              });
}

// For an even row and the next one; null: there is none.
Loop find_two_rows(const PlanarConv2d& plan) {
  const std::int32_t step = plan.patches.step;
  if (!Number::has_two_rows(plan.output.form, step, plan.patches.are_rows)) return nullptr;
  return find_helium_loop(plan.is_resident ? quads_loop(step, plan.slots) : pair_planes_loop(step));
}

// `count` ≥ 4 columns of an even row and the next one.
__attribute__((noinline)) void run_two_columns(const PlanarConv2d& plan, Loop loop, const std::int8_t* x,
                                               const std::int8_t* second, std::int32_t count, std::int8_t* out) {
  const std::int32_t plane = plan.plane, step = plan.patches.step;
  if (plan.is_resident) {
    const QuadArguments arguments = {x, second, count / quad, plane, out, plan.stream, plan.channels};
    loop(&arguments);
    if (count % quad == 0) return;
    const std::int32_t again = count - quad, skipped = again * step;
    const QuadArguments last = {x + skipped, second + skipped, 1, plane, out + again * plan.slots,
                                plan.stream, plan.channels};
    return loop(&last);
  }
  alignas(16) const std::int32_t planes[] = {0, plane, 2 * plane, 3 * plane};
  run_pair_loop(loop, {x, second, out, plan.stream + packed_factor_bytes, step, count, plan.channels / packed_group,
                       plan.slots, packed_group * plane, planes});
}

void run_two_rows(const PlanarConv2d& plan, Loop loop, const Rows& output, std::int32_t y) {
  std::int8_t* out = first_column(plan, output, y);
  for_patches_of_two(plan.patches, y, output.width(), quad,
                     [&](std::int32_t x, std::int32_t count, const std::int8_t* patches, const std::int8_t* second) {
                       run_two_columns(plan, loop, patches, second, count, out + x * plan.slots);
                     });
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t rows) {
  const PlanarConv2d plan =
      plan_of(args, patches_of(args, args.numbers()[Number::input_zero_point], Number::max_resident_depth));
  if (y == 0) fill_outside(plan, args.output, static_cast<std::int8_t>(args.numbers()[Number::outside]));
  const Loop loop = rows == 2 && y % 2 == 0 ? find_two_rows(plan) : nullptr;
  if (loop != nullptr) return run_two_rows(plan, loop, args.output, y);
  for (; rows > 0; --rows, ++y) run_row(plan, args.output, y);
}

}  // namespace

extern const Stage planar_conv2d_stage;
const Stage planar_conv2d_stage =
    stage_rows<check_arguments, run_rows>(PlanarConv2dStage::id, "planar_conv2d", {false, true});

}  // namespace cortado::ops
