#include "ops/planar_conv2d/stage.h"

#include "ops/packed_conv2d/pair_kernels.h"
#include "ops/packed_conv2d/sums.h"
#include "ops/planar_conv2d/quad_kernels.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t quad = 4;  // columns

using Number = PlanarConv2dStage;

// The arguments as they are used.
struct Plan {
  Patches patches;
  const PackedOutput& output;
  const std::int8_t* stream;
  std::int32_t blocks, channels, plane, slots;  // plane: bytes
  bool is_resident;
};

Plan plan_of(const StageArguments& args) {
  const Patches patches = patches_of(args, args.numbers()[Number::input_zero_point], Number::max_resident_depth);
  return {patches, packed_output(args.numbers() + Number::form), args.constant(0), packed_blocks(patches.step),
          args.output.channels(), args.output.planes().bytes, args.output.slots(), patches.step <= Number::max_resident_depth};
}

std::int64_t stream_bytes(const Plan& plan) {
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
  if (!check_patches(check, args, args.numbers()[Number::input_zero_point], Number::max_resident_depth, quad)) return;
  const Plan plan = plan_of(args);
  if (!plan.is_resident) check.equal("channels % 4", plan.channels % packed_group, 0);
  check_constant<std::int8_t>(check, args, 0, stream_bytes(plan), "weights");
}

// The weights for the first of two vectors that overlap: those that the second has, too, are 0.
inline simd::I8x16 first_weights(const std::int8_t* w, std::int32_t step) {
  alignas(16) static constexpr std::int8_t from_16th[32] = {0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
                                                            -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  const simd::I8x16 weights = simd::load(w + packed_first(step));
  return step % packed_vector == 0 ? weights : simd::keep(weights, simd::load(from_16th + step - packed_vector));
}

// All channels of 4 · quads columns, weights staying where they are.
template <PackedForm form, int blocks>
void run_quads(const Plan& plan, const std::int8_t* x, std::int32_t quads, std::int8_t* out) {
  const std::int8_t* w = plan.stream;
  const std::int32_t step = plan.patches.step, plane = plan.plane, slots = plan.slots;
  const PackedOutput output = plan.output;
  const simd::I32x4 columns = simd::set(0, slots, 2 * slots, 3 * slots);
  for (std::int32_t c = plan.channels; c > 0; --c, out += plane) {
    const simd::I8x16 weights[] = {first_weights(w, step), simd::load(w + packed_second(step))};
    w += (1 + blocks) * packed_vector;
    const PackedFactors<1> factors = *reinterpret_cast<const PackedFactors<1>*>(w);
    w += sizeof factors;
    const simd::I32x4 multiplier = simd::fill(factors.multiplier[0]);
    const std::int8_t* from = x;
    std::int8_t* to = out;
    for (std::int32_t q = 0; q < quads; ++q, from += quad * step, to += quad * slots) {
      std::int32_t sum[quad];
      for (int p = 0; p < quad; ++p) {
        sum[p] = simd::dot(simd::load(from + p * step + packed_first(step)), weights[0]);
        if (blocks == 1) sum[p] = simd::add_dot(sum[p], simd::load(from + p * step + packed_second(step)), weights[1]);
      }
      const simd::I32x4 results = finish_sums<form>(output, simd::set(sum[0], sum[1], sum[2], sum[3]), factors.bias[0],
                                                    multiplier, factors.offset[0], factors.shift[0]);
      simd::store_narrow_apart(to, columns, simd::from_top_byte(results));
    }
  }
}

template <PackedForm form>
void run_resident(const Plan& plan, const std::int8_t* x, std::int32_t quads, std::int8_t* out) {
  return plan.blocks == 0 ? run_quads<form, 0>(plan, x, quads, out) : run_quads<form, 1>(plan, x, quads, out);
}

// All channels of 2 · pairs columns, four at a time.
template <PackedForm form>
void run_pairs(const Plan& plan, const std::int8_t* x, std::int32_t pairs, std::int8_t* out) {
  const std::int32_t plane = plan.plane, step = plan.patches.step, slots = plan.slots;
  const PackedOutput output = plan.output;
  const simd::I32x4 planes = simd::set(0, plane, 2 * plane, 3 * plane);
  const std::int8_t* w = plan.stream;
  for (std::int32_t c = plan.channels; c > 0; c -= packed_group, w += packed_group_bytes(plan.blocks), out += packed_group * plane) {
    const std::int8_t* from = x;
    std::int8_t* to = out;
    for (std::int32_t p = pairs; p > 0; --p, from += 2 * step, to += 2 * slots) {
      simd::I32x4 results[2];
      group_results<form, 2>(output, from, step, plan.blocks, w, results);
      simd::store_narrow_apart(to, planes, results[0]);
      simd::store_narrow_apart(to + slots, planes, results[1]);
    }
  }
}

// `count` ≥ 4 columns: the last ones once more where they are no whole quad or pair.
template <PackedForm form>
void run_columns(const Plan& plan, const std::int8_t* x, std::int32_t count, std::int8_t* out) {
  const std::int32_t unit = plan.is_resident ? quad : 2, again = count - unit;
  const auto run = plan.is_resident ? run_resident<form> : run_pairs<form>;
  run(plan, x, count / unit, out);
  if (count % unit != 0) run(plan, x + again * plan.patches.step, 1, out + again * plan.slots);
}

// Columns that are none of the image, in all slots: behind a channel's last one and in front of the next one's first.
void fill_outside(const Plan& plan, const Rows& output, std::int8_t value) {
  const std::int32_t lead = output.planes().lead * plan.slots, end = lead + output.width() * plan.slots;
  const std::int32_t bytes = plan.plane - end + lead;
  auto* plane = reinterpret_cast<std::int8_t*>(output.base);
  if (bytes > packed_vector) return fill_bytes(plane, value, plan.channels * plan.plane);
  simd::store_first(plane, simd::fill(value), lead);
  plane += end;
  for (std::int32_t c = plan.channels; c > 0; --c, plane += plan.plane) simd::store_first(plane, simd::fill(value), bytes);
}

std::int8_t* first_column(const Plan& plan, const Rows& output, std::int32_t y) { return output.column(0) + y % plan.slots; }

void run_row(const Plan& plan, const Rows& output, std::int32_t y) {
  std::int8_t* out = first_column(plan, output, y);
  for_patches(plan.patches, y, output.width(), quad, [&](std::int32_t x, std::int32_t count, const std::int8_t* patches) {
    with_form(plan.output, [&](auto form) { run_columns<form()>(plan, patches, count, out + x * plan.slots); });
  });
}

bool has_two_row_kernel(const Plan& plan, std::int32_t y) {
  const std::int32_t step = plan.patches.step;
  const bool has_kernel = plan.is_resident ? has_quad_kernel(step) : has_pair_kernels && is_pair_step(step);
  return has_kernel && y % 2 == 0 && Number::has_two_rows(plan.output.form, step, plan.patches.are_rows);
}

// `count` ≥ 4 columns of an even row and the next one.
void run_two_columns(const Plan& plan, const std::int8_t* x, const std::int8_t* second, std::int32_t count, std::int8_t* out) {
  const std::int32_t plane = plan.plane, step = plan.patches.step;
  if (plan.is_resident) {
    run_quad_kernel(step, plan.slots, {x, second, count / quad, plane, out, plan.stream, plan.channels});
    const std::int32_t again = count - quad, skipped = again * step;
    if (count % quad != 0)
      run_quad_kernel(step, plan.slots, {x + skipped, second + skipped, 1, plane, out + again * plan.slots, plan.stream, plan.channels});
    return;
  }
  alignas(16) const std::int32_t planes[] = {0, plane, 2 * plane, 3 * plane};
  run_pair_planes({x, second, out, plan.stream + packed_factor_bytes, step, count, plan.channels / packed_group, plan.slots,
                   packed_group * plane, planes});
}

void run_two_rows(const Plan& plan, const Rows& output, std::int32_t y) {
  std::int8_t* out = first_column(plan, output, y);
  for_patches_of_two(plan.patches, y, output.width(), quad,
                     [&](std::int32_t x, std::int32_t count, const std::int8_t* patches, const std::int8_t* second) {
                       run_two_columns(plan, patches, second, count, out + x * plan.slots);
                     });
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t rows) {
  const Plan plan = plan_of(args);
  if (y == 0) fill_outside(plan, args.output, static_cast<std::int8_t>(args.numbers()[Number::outside]));
  if (rows == 2 && has_two_row_kernel(plan, y)) return run_two_rows(plan, args.output, y);
  for (; rows > 0; --rows, ++y) run_row(plan, args.output, y);
}

}  // namespace

extern const Stage planar_conv2d_stage;
const Stage planar_conv2d_stage = stage_rows<check_arguments, run_rows>(PlanarConv2dStage::id, "planar_conv2d", {false, true});

}  // namespace cortado::ops
