#include "ops/packed_depthwise/loops.h"

#include "ops/lines.h"
#include "ops/packed_depthwise/stage.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t block = packed_depthwise_block;

using Factors = PackedFactors<4>;

using Number = PackedDepthwiseStage;

// The arguments as they are used.
struct Plan {
  Rows in, out;
  Window y, x;
  const std::int8_t* stream;
  const PackedOutput& output;
  std::int32_t channels, taps, block_bytes;
  std::int8_t input_zero_point;
};

Plan plan_of(const StageArguments& args) {
  const Window y = args.y(), x = args.x();
  const std::int32_t taps = y.kernel * x.kernel;
  return {args.input[0],
          args.output,
          y,
          x,
          args.constant(0),
          packed_output(args.numbers() + Number::form),
          args.output.channels(),
          taps,
          packed_depthwise_bytes(taps),
          static_cast<std::int8_t>(args.numbers()[Number::input_zero_point])};
}

// Sums of channels 0, 4, 8, 12, of 1, 5, 9, 13, and so on.
struct Sums {
  simd::I32x4 lane[4];

  void add(simd::I16x8 even, simd::I16x8 odd) {
    lane[0] = simd::add(lane[0], simd::widen_even(even));
    lane[1] = simd::add(lane[1], simd::widen_even(odd));
    lane[2] = simd::add(lane[2], simd::widen_odd(even));
    lane[3] = simd::add(lane[3], simd::widen_odd(odd));
  }
};

const Factors* factors_of(const Plan& plan, const std::int8_t* stream) {
  return reinterpret_cast<const Factors*>(stream + plan.taps * block);
}

template <PackedForm form>
inline simd::I8x16 finish(const Plan& plan, const Factors* factors, const Sums& sums) {
  simd::I32x4 results[4];
  for (int i = 0; i < 4; ++i)
    results[i] = simd::from_top_byte(finish_sums<form>(plan.output, sums.lane[i], simd::load(factors[i].bias),
                                                       simd::load(factors[i].multiplier), simd::load(factors[i].offset),
                                                       simd::load(factors[i].shift)));
  return simd::interleave_narrow(results[0], results[1], results[2], results[3]);
}

// One block of one pixel: `load(t)` gives tap t. Two products at a time fit 16 bits.
template <PackedForm form, class Load>
inline simd::I8x16 run_block(const Plan& plan, const std::int8_t* w, std::int32_t taps, Load load) {
  const Factors* factors = factors_of(plan, w);
  const simd::I32x4 zero = simd::fill(std::int32_t{0});
  Sums sums = {{zero, zero, zero, zero}};
  std::int32_t t = 0;
  for (; t + 1 < taps; t += 2) {
    const simd::I8x16 x0 = load(t), w0 = simd::load(w + t * block), x1 = load(t + 1),
                      w1 = simd::load(w + t * block + block);
    sums.add(simd::add(simd::multiply_even(x0, w0), simd::multiply_even(x1, w1)),
             simd::add(simd::multiply_odd(x0, w0), simd::multiply_odd(x1, w1)));
  }
  if (t < taps) {
    const simd::I8x16 x0 = load(t), w0 = simd::load(w + t * block);
    sums.add(simd::multiply_even(x0, w0), simd::multiply_odd(x0, w0));
  }
  return finish<form>(plan, factors, sums);
}

// Any pixel: taps by pointer, those outside to a block of zero points.
template <PackedForm form>
void run_pixel(const Plan& plan, const RingLines& lines, Taps rows, std::int32_t x, const std::int8_t* zeros,
               std::int8_t* out) {
  const std::int8_t* tap[PackedDepthwiseStage::max_taps];
  const Taps columns = taps_of(plan.x, x);
  std::int32_t t = 0;
  for (std::int32_t i = 0; i < plan.y.kernel; ++i)
    for (std::int32_t j = 0; j < plan.x.kernel; ++j, ++t) {
      const bool inside = i >= rows.first && i < rows.last && j >= columns.first && j < columns.last;
      tap[t] = inside ? lines[i] + (plan.x.start(x) + j * plan.x.dilation) * plan.channels : zeros;
    }
  const std::int8_t* w = plan.stream;
  for (std::int32_t c = 0; c < plan.channels; c += block, w += plan.block_bytes) {
    const std::int32_t left = plan.channels - c, count = left < block ? left : block;
    const simd::I8x16 result = run_block<form>(plan, w, plan.taps, [&](std::int32_t k) {
      return tap[k] == zeros ? simd::load(zeros) : simd::load_first(tap[k] + c, count);
    });
    simd::store_first(out + c, result, count);
  }
}

// A pixel of a 3 × 3 kernel whose taps are all inside, 16 channels at a time.
template <PackedForm form>
void run_inner_3x3(const Plan& plan, const std::int8_t* top, const std::int8_t* middle, const std::int8_t* bottom,
                   std::int8_t* out) {
  const std::int8_t* w = plan.stream;
  const std::int32_t step = plan.x.dilation * plan.channels;
  for (std::int32_t c = 0; c < plan.channels; c += block, w += plan.block_bytes) {
    const std::int8_t* const line[3] = {top + c, middle + c, bottom + c};
    const simd::I8x16 result =
        run_block<form>(plan, w, 9, [&](std::int32_t k) { return simd::load(line[k / 3] + k % 3 * step); });
    simd::store(out + c, result);
  }
}

template <PackedForm form>
void run_row_as(const Plan& plan, std::int32_t y) {
  std::int8_t zeros[block];
  for (std::int8_t& zero : zeros) zero = plan.input_zero_point;
  const Taps rows = taps_of(plan.y, y);
  const RingLines lines(plan.in, plan.y, y, rows);
  const bool whole =
      plan.y.kernel == 3 && plan.x.kernel == 3 && rows.first == 0 && rows.last == 3 && plan.channels % block == 0;
  const Interior interior = whole ? interior_of(plan.x) : Interior{};
  std::int8_t* out = plan.out.row(y);
  for (std::int32_t x = 0; x < plan.out.width(); ++x, out += plan.channels) {
    if (x < interior.begin || x >= interior.end) {
      run_pixel<form>(plan, lines, rows, x, zeros, out);
      continue;
    }
    const std::int32_t offset = plan.x.start(x) * plan.channels;
    run_inner_3x3<form>(plan, lines[0] + offset, lines[1] + offset, lines[2] + offset, out);
  }
}

template <PackedForm form>
void run_form(const void* arguments) {
  const auto& [args, y] = *static_cast<const DepthwiseRow*>(arguments);
  run_row_as<form>(plan_of(args), y);
}

}  // namespace

extern "C" {
void cortado_packed_depthwise_at_limit(const void* arguments) { run_form<PackedForm::at_limit>(arguments); }
void cortado_packed_depthwise_rounded(const void* arguments) { run_form<PackedForm::rounded>(arguments); }
void cortado_packed_depthwise_general(const void* arguments) { run_form<PackedForm::general>(arguments); }
}

}  // namespace cortado::ops
