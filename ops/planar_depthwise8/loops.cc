#include "ops/planar_depthwise8/loops.h"

#include "ops/planar_depthwise8/stage.h"

namespace cortado::ops {
namespace {

constexpr PlanarLimits limits = PlanarDepthwise8Stage::limits;
constexpr int vectors = 3;                     // of two columns: those of a kernel of 5, and zeros
constexpr std::int32_t column = limits.slots;  // bytes

// Columns 0 1, 2 3, 4 of a channel's taps, their rows where the ring has them.
struct Taps8 {
  simd::I8x16 pair[vectors];
};

inline Taps8 taps_at(const std::int8_t* w, const simd::I8x16& order) {
  Taps8 taps;
  for (int v = 0; v < vectors; ++v) taps.pair[v] = simd::load_at(w + 16 * v, order);
  return taps;
}

inline std::int32_t sum_at(const std::int8_t* in, const Taps8& taps) {
  std::int32_t sum = simd::dot(simd::load(in), taps.pair[0]);
  sum = simd::add_dot(sum, simd::load(in + 16), taps.pair[1]);
  return simd::add_dot(sum, simd::load(in + 32), taps.pair[2]);
}

// Four outputs from the column that the first one's window begins in; `next` are the taps one column later.
template <int stride>
inline simd::I32x4 quad_sums(const std::int8_t* in, const Taps8& taps, const Taps8& next) {
  if (stride == 2)
    return simd::set(sum_at(in, taps), sum_at(in + 16, taps), sum_at(in + 32, taps), sum_at(in + 48, taps));
  return simd::set(sum_at(in, taps), sum_at(in, next), sum_at(in + 16, taps), sum_at(in + 16, next));
}

template <PackedForm form, int stride>
void run_channels(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t channels = plan.channels, plane = plan.plane;
  const simd::I8x16 order = slot_order(first_slot(plan, y, limits.slots), limits.slots);
  const PackedOutput output = plan.output;
  const simd::I32x4 pixels = simd::set(0, channels, 2 * channels, 3 * channels);
  const std::int8_t* w = plan.stream;
  const std::int8_t* in = plan.first_column();
  std::int8_t* out = plan.out.row(y);
  for (std::int32_t c = 0; c < channels; ++c, in += plane, w += limits.channel_bytes, ++out) {
    const PackedFactors<1> factors = *reinterpret_cast<const PackedFactors<1>*>(w + 64);
    const Taps8 taps = taps_at(w + column, order), next = taps_at(w, order);
    for_quads(plan, in, column * stride, out, [&](const std::int8_t* from, std::int8_t* to) {
      const simd::I32x4 results =
          finish_sums<form>(output, quad_sums<stride>(from, taps, next), factors.bias[0],
                            simd::fill(factors.multiplier[0]), factors.offset[0], factors.shift[0]);
      simd::store_narrow_apart(to, pixels, simd::from_top_byte(results));
    });
  }
}

template <PackedForm form>
void run_form(const void* arguments) {
  const auto& [plan, y, count] = *static_cast<const DepthwiseArguments*>(arguments);
  if (plan.stride() == 1)
    run_channels<form, 1>(plan, y);
  else
    run_channels<form, 2>(plan, y);
}

}  // namespace

extern "C" {
void cortado_planar_depthwise8_at_limit(const void* arguments) { run_form<PackedForm::at_limit>(arguments); }
void cortado_planar_depthwise8_rounded(const void* arguments) { run_form<PackedForm::rounded>(arguments); }
void cortado_planar_depthwise8_general(const void* arguments) { run_form<PackedForm::general>(arguments); }
}

}  // namespace cortado::ops
