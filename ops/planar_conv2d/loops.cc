#include "ops/planar_conv2d/loops.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t quad = planar_conv2d_quad;

// The weights for the first of two vectors that overlap: those that the second has, too, are 0.
inline simd::I8x16 first_weights(const std::int8_t* w, std::int32_t step) {
  alignas(16) static constexpr std::int8_t from_16th[32] = {
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  const simd::I8x16 weights = simd::load(w + packed_first(step));
  return step % packed_vector == 0 ? weights : simd::keep(weights, simd::load(from_16th + step - packed_vector));
}

// All channels of 4 · quads columns, weights staying where they are.
template <PackedForm form, int blocks>
void run_quads(const PlanarConv2d& plan, const std::int8_t* x, std::int32_t quads, std::int8_t* out) {
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
void run_resident(const PlanarConv2d& plan, const std::int8_t* x, std::int32_t quads, std::int8_t* out) {
  return plan.blocks == 0 ? run_quads<form, 0>(plan, x, quads, out) : run_quads<form, 1>(plan, x, quads, out);
}

// All channels of 2 · pairs columns, four at a time.
template <PackedForm form>
void run_pairs(const PlanarConv2d& plan, const std::int8_t* x, std::int32_t pairs, std::int8_t* out) {
  const std::int32_t plane = plan.plane, step = plan.patches.step, slots = plan.slots;
  const PackedOutput output = plan.output;
  const simd::I32x4 planes = simd::set(0, plane, 2 * plane, 3 * plane);
  const std::int8_t* w = plan.stream;
  for (std::int32_t c = plan.channels; c > 0;
       c -= packed_group, w += packed_group_bytes(plan.blocks), out += packed_group * plane) {
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

template <PackedForm form>
void run_columns(const void* arguments) {
  const auto [plan, x, count, out] = *static_cast<const ColumnsArguments*>(arguments);
  const std::int32_t unit = plan.is_resident ? quad : 2, again = count - unit;
  const auto run = plan.is_resident ? run_resident<form> : run_pairs<form>;
  run(plan, x, count / unit, out);
  if (count % unit != 0) run(plan, x + again * plan.patches.step, 1, out + again * plan.slots);
}

}  // namespace

extern "C" {
void cortado_planar_columns_at_limit(const void* arguments) { run_columns<PackedForm::at_limit>(arguments); }
void cortado_planar_columns_rounded(const void* arguments) { run_columns<PackedForm::rounded>(arguments); }
void cortado_planar_columns_general(const void* arguments) { run_columns<PackedForm::general>(arguments); }
}

}  // namespace cortado::ops
