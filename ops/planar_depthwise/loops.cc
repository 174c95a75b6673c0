#include "ops/planar_depthwise/loops.h"

#include "ops/planar_depthwise/stage.h"

namespace cortado::ops {
namespace {

constexpr PlanarLimits limits = PlanarDepthwiseStage::limits;

// Four outputs from the column that the first one's window begins in.
template <int stride>
inline simd::I32x4 quad_sums(const std::int8_t* in, simd::I8x16 taps, simd::I8x16 next) {
  if (stride == 2)
    return simd::set(simd::dot(simd::load(in), taps), simd::dot(simd::load(in + 8), taps),
                     simd::dot(simd::load(in + 16), taps), simd::dot(simd::load(in + 24), taps));
  const simd::I8x16 left = simd::load(in), right = simd::load(in + 2 * limits.slots);
  return simd::set(simd::dot(left, taps), simd::dot(left, next), simd::dot(right, taps), simd::dot(right, next));
}

template <PackedForm form, int stride>
void run_channels(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t channels = plan.channels, plane = plan.plane, rotation = 8 * first_slot(plan, y, limits.slots);
  const PackedOutput output = plan.output;
  const simd::I32x4 pixels = simd::set(0, channels, 2 * channels, 3 * channels);
  const std::int8_t* w = plan.stream;
  const std::int8_t* in = plan.first_column();
  std::int8_t* out = plan.out.row(y);
  for (std::int32_t c = 0; c < channels; ++c, in += plane, w += limits.channel_bytes, ++out) {
    const PackedFactors<1> factors = *reinterpret_cast<const PackedFactors<1>*>(w + 16);
    const simd::I8x16 taps = simd::rotate_words(simd::load(w), rotation);
    const simd::I8x16 next = simd::shift_word_up(taps);
    const simd::I32x4 multiplier = simd::fill(factors.multiplier[0]);
    for_quads(plan, in, limits.slots * stride, out, [&](const std::int8_t* from, std::int8_t* to) {
      const simd::I32x4 results = finish_sums<form>(output, quad_sums<stride>(from, taps, next), factors.bias[0],
                                                    multiplier, factors.offset[0], factors.shift[0]);
      simd::store_narrow_apart(to, pixels, simd::from_top_byte(results));
    });
  }
}

// Two rows, two columns of both at a time: one vector has all their taps.
template <PackedForm form>
void run_two_rows(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t rotation[2] = {8 * first_slot(plan, y, limits.slots), 8 * first_slot(plan, y + 1, limits.slots)};
  const std::int32_t channels = plan.channels, plane = plan.plane, pairs = plan.width / 2;
  const bool is_ragged = plan.width % 2 != 0;
  const PackedOutput output = plan.output;
  std::int8_t* out = plan.out.row(y);
  const auto next_row = static_cast<std::int32_t>(plan.out.row(y + 1) - out);
  const simd::I32x4 pixels = simd::set(0, channels, next_row, next_row + channels);
  const std::int8_t* w = plan.stream;
  const std::int8_t* in = plan.first_column();
  for (std::int32_t c = 0; c < channels; ++c, in += plane, w += limits.channel_bytes, ++out) {
    const simd::I8x16 taps[2] = {simd::rotate_words(simd::load(w), rotation[0]),
                                 simd::rotate_words(simd::load(w), rotation[1])};
    const PackedFactors<1>& factors = *reinterpret_cast<const PackedFactors<1>*>(w + 16);
    const simd::I8x16 next[2] = {simd::shift_word_up(taps[0]), simd::shift_word_up(taps[1])};
    const simd::I32x4 multiplier = simd::fill(factors.multiplier[0]);
    const std::int32_t bias = factors.bias[0], offset = factors.offset[0], shift = factors.shift[0];
    const auto run_pair = [&](const std::int8_t* from, std::int8_t* to) {
      const simd::I8x16 patch = simd::load(from);
      const simd::I32x4 sums = simd::set(simd::dot(patch, taps[0]), simd::dot(patch, next[0]),
                                         simd::dot(patch, taps[1]), simd::dot(patch, next[1]));
      const simd::I32x4 results = finish_sums<form>(output, sums, bias, multiplier, offset, shift);
      simd::store_narrow_apart(to, pixels, simd::from_top_byte(results));
    };
    const std::int8_t* from = in;
    std::int8_t* to = out;
    for (std::int32_t p = pairs; p > 0; --p, from += 2 * limits.slots, to += 2 * channels) run_pair(from, to);
    if (is_ragged) run_pair(from - limits.slots, to - channels);
  }
}

// `count` rows, of two only where both are made at once.
template <PackedForm form>
void run_form(const void* arguments) {
  const auto [plan, y, count] = *static_cast<const DepthwiseArguments*>(arguments);
  if (count == 2)
    run_two_rows<form>(plan, y);
  else if (plan.stride() == 1)
    run_channels<form, 1>(plan, y);
  else
    run_channels<form, 2>(plan, y);
}

}  // namespace

extern "C" {
void cortado_planar_depthwise_at_limit(const void* arguments) { run_form<PackedForm::at_limit>(arguments); }
void cortado_planar_depthwise_rounded(const void* arguments) { run_form<PackedForm::rounded>(arguments); }
void cortado_planar_depthwise_general(const void* arguments) { run_form<PackedForm::general>(arguments); }
}

}  // namespace cortado::ops
