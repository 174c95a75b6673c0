#include "ops/planar_depthwise/stage.h"

#include "ops/packed_output.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t quad = 4;  // columns

struct Plan {
  Rows in, out;
  Window y, x;
  PackedOutput output;
  const std::int8_t* stream;
  std::int8_t input_zero_point;
};

constexpr std::int32_t channel_bytes = 16 + static_cast<std::int32_t>(sizeof(PackedFactors<1>));

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = PlanarDepthwiseStage;
  Check check(report);
  check_counts(check, args, 1, Number::count, 1);
  check_int8(check, args)
      .range("kernel rows", args.y.kernel, 1, Number::max_kernel)
      .range("kernel columns", args.x.kernel, 1, Number::max_kernel)
      .range("stride", args.x.stride, 1, Number::max_stride)
      .range("padding", args.x.padding, 0, args.input[0].planes.lead)
      .range("width", args.output.width, Number::min_width, 1 << 16)
      .range("input_zero_point", args.numbers[Number::input_zero_point], -128, 127)
      .equal("output", "'s channels", args.output.channels, args.input[0].channels)
      .that(args.y.dilation == 1 && args.x.dilation == 1, "planes are read without dilation");
  plan.output = checked_packed_output(check, args.numbers + Number::form);
  if (!check.ok()) return check.code();
  const Window& x = args.x;
  const std::int64_t columns = planar_columns(x.input, x.stride, x.padding, x.kernel, x.output);
  check.range("columns", (columns + args.input[0].planes.lead) * plane_slots, 1, args.input[0].planes.bytes);
  plan.in = args.input[0];
  plan.out = args.output;
  plan.y = args.y;
  plan.x = args.x;
  plan.input_zero_point = static_cast<std::int8_t>(args.numbers[Number::input_zero_point]);
  plan.stream = checked_constant<std::int8_t>(check, args, 0, std::int64_t{plan.out.channels} * channel_bytes, "weights");
  return check.code();
}

// What the taps of an output row are in a ring.
struct RowTaps {
  std::int32_t rotation;  // bits from the first tap's row to its slot
  std::uint32_t present;  // mask of the rows that exist, in every column
};

RowTaps row_taps(const Plan& plan, std::int32_t y) {
  const Taps taps = taps_of(plan.y, y);
  const std::int32_t slot = plan.y.start(y) & (plane_slots - 1);
  std::uint32_t present = 0;
  for (std::int32_t i = taps.first; i < taps.last; ++i) present |= std::uint32_t{0xff} << (8 * i);
  return {8 * slot, present};
}

// Four outputs from the column that the first one's window begins in.
template <int stride>
inline simd::I32x4 quad_sums(const std::int8_t* in, simd::I8x16 taps, simd::I8x16 next) {
  if (stride == 2)
    return simd::set(simd::dot(simd::load(in), taps), simd::dot(simd::load(in + 8), taps),
                     simd::dot(simd::load(in + 16), taps), simd::dot(simd::load(in + 24), taps));
  const simd::I8x16 left = simd::load(in), right = simd::load(in + 2 * plane_slots);
  return simd::set(simd::dot(left, taps), simd::dot(left, next), simd::dot(right, taps), simd::dot(right, next));
}

template <PackedForm form, int stride>
void run_channels(const Plan& plan, const RowTaps& rows, std::int8_t* out) {
  const std::int32_t channels = plan.out.channels, plane = plan.in.planes.bytes;
  const std::int32_t quads = plan.out.width / quad, again = plan.out.width - quad, rotation = rows.rotation;
  const bool is_ragged = plan.out.width % quad != 0;
  const PackedOutput output = plan.output;
  const simd::I32x4 pixels = simd::set(0, channels, 2 * channels, 3 * channels);
  const std::int8_t* w = plan.stream;
  const std::int8_t* in = plan.in.column(-plan.x.padding);
  const bool is_border = rows.present != (std::uint32_t{1} << (8 * plan.y.kernel)) - 1;
  for (std::int32_t c = 0; c < channels; ++c, in += plane, w += channel_bytes, ++out) {
    simd::I8x16 taps = simd::load(w);
    PackedFactors<1> factors = *reinterpret_cast<const PackedFactors<1>*>(w + 16);
    if (is_border) {  // rows that do not exist read the zero point
      factors.bias[0] = simd::add_dot(factors.bias[0], simd::keep(taps, ~rows.present), simd::fill(plan.input_zero_point));
      taps = simd::keep(taps, rows.present);
    }
    taps = simd::rotate_words(taps, rotation);
    const simd::I8x16 next = simd::shift_word_up(taps);
    const simd::I32x4 multiplier = simd::fill(factors.multiplier[0]);
    const auto run_quad = [&](const std::int8_t* from, std::int8_t* to) {
      const simd::I32x4 results = finish_sums<form>(output, quad_sums<stride>(from, taps, next), factors.bias[0], multiplier,
                                                    factors.offset[0], factors.shift[0]);
      simd::store_narrow_apart(to, pixels, simd::from_top_byte(results));
    };
    const std::int8_t* from = in;
    std::int8_t* to = out;
    std::int32_t q = quads;
    do {
      run_quad(from, to);
      from += quad * plane_slots * stride;
      to += quad * channels;
    } while (--q > 0);
    if (is_ragged) run_quad(in + again * plane_slots * stride, out + again * channels);
  }
}

void run_row(const Plan& plan, std::int32_t y) {
  const RowTaps rows = row_taps(plan, y);
  std::int8_t* out = plan.out.row(y);
  with_form(plan.output, [&](auto form) {
    if (plan.x.stride == 1) run_channels<form(), 1>(plan, rows, out);
    else run_channels<form(), 2>(plan, rows, out);
  });
}

}  // namespace

extern const Stage planar_depthwise_stage;
const Stage planar_depthwise_stage =
    stage_row<Plan, make_plan, run_row, true, false>(PlanarDepthwiseStage::id, "planar_depthwise");

}  // namespace cortado::ops
