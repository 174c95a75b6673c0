#include "ops/packed_conv2d/stage.h"

#include <string.h>

#include "ops/lines.h"
#include "ops/packed_output.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t outputs_per_group = 4;

struct Plan {
  Rows in, out;
  Window y, x;
  const std::int8_t* stream;
  PackedOutput output;
  std::int32_t depth;        // K
  std::int32_t group_bytes;  // of the stream
  std::int8_t input_zero_point;
  bool gathers;              // patches are not rows of the input as they are
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = PackedConv2dStage;
  Check check(report);
  check_counts(check, args, 1, Number::count, 1);
  check_int8(check, args)
      .range("kernel rows", args.y.kernel, 1, max_stage_kernel_rows)
      .range("input_zero_point", args.numbers[Number::input_zero_point], -128, 127);
  plan.output = checked_packed_output(check, args.numbers + Number::output_offset);
  plan.in = args.input[0];
  plan.out = args.output;
  plan.y = args.y;
  plan.x = args.x;
  const auto is_plain = [](const Window& w) {
    return w.kernel == 1 && w.stride == 1 && w.padding == 0 && w.input == w.output;
  };
  plan.gathers = !is_plain(plan.y) || !is_plain(plan.x);
  const std::int64_t depth = std::int64_t{args.y.kernel} * args.x.kernel * plan.in.channels;
  check.range("patch", depth, 1, plan.gathers ? PackedConv2dStage::max_patch_bytes : 1 << 24);
  if (!check.ok()) return check.code();
  plan.depth = static_cast<std::int32_t>(depth);
  plan.group_bytes = (plan.depth + 15) / 16 * 64 + static_cast<std::int32_t>(sizeof(PackedFactors));
  plan.input_zero_point = static_cast<std::int8_t>(args.numbers[Number::input_zero_point]);
  const std::int64_t groups = (plan.out.channels + outputs_per_group - 1) / outputs_per_group;
  plan.stream = checked_constant<std::int8_t>(check, args, 0, groups * plan.group_bytes, "weights");
  if (check.ok())
    check_packed_factors(check, args.constants[0].data + plan.group_bytes - sizeof(PackedFactors), groups, plan.group_bytes);
  return check.code();
}

// The patches of `pixels` neighbours, `step` bytes apart, times the weights of a group.
template <int pixels>
inline void accumulate(const std::int8_t* x, std::int32_t step, const std::int8_t* w, std::int32_t depth,
                       std::int32_t (&acc)[pixels][outputs_per_group]) {
  for (std::int32_t vectors = depth / 16; vectors > 0; --vectors, x += 16, w += 64) {
    simd::I8x16 patch[pixels];
    for (int p = 0; p < pixels; ++p) patch[p] = simd::load(x + p * step);
    for (int o = 0; o < outputs_per_group; ++o) {
      const simd::I8x16 weights = simd::load(w + 16 * o);
      for (int p = 0; p < pixels; ++p) acc[p][o] = simd::add_dot(acc[p][o], patch[p], weights);
    }
  }
  const std::int32_t rest = depth % 16;
  if (rest == 0) return;
  simd::I8x16 patch[pixels];
  for (int p = 0; p < pixels; ++p) patch[p] = simd::load_first(x + p * step, rest);
  for (int o = 0; o < outputs_per_group; ++o) {
    const simd::I8x16 weights = simd::load(w + 16 * o);
    for (int p = 0; p < pixels; ++p) acc[p][o] = simd::add_dot(acc[p][o], patch[p], weights);
  }
}

// `count` outputs, up to 4, of neighbouring pixels.
template <int pixels>
inline void run_group(const Plan& plan, const std::int8_t* x, const std::int8_t* stream, std::int32_t count, std::int8_t* out) {
  std::int32_t acc[pixels][outputs_per_group] = {};
  accumulate<pixels>(x, plan.depth, stream, plan.depth, acc);
  const auto& factors = *reinterpret_cast<const PackedFactors*>(stream + plan.group_bytes - sizeof(PackedFactors));
  const simd::I32x4 bias = simd::load(factors.bias);
  for (int p = 0; p < pixels; ++p, out += plan.out.channels) {
    const simd::I32x4 sum = simd::add(simd::set(acc[p][0], acc[p][1], acc[p][2], acc[p][3]), bias);
    const simd::I32x4 scaled = plan.output.scale(sum, simd::load(factors.multiplier), simd::load(factors.shift));
    const simd::I32x4 result = simd::clamp(scaled, plan.output.activation_min, plan.output.activation_max);
    if (count == outputs_per_group) simd::store_narrow(out, result);
    else simd::store_narrow_first(out, result, count);
  }
}

// Neighbouring pixels with all outputs: weights outside, pixels inside, so that a group is read once.
void run_pixels(const Plan& plan, const std::int8_t* x, std::int32_t pixels, std::int8_t* out) {
  const std::int8_t* stream = plan.stream;
  for (std::int32_t o = 0; o < plan.out.channels; o += outputs_per_group, stream += plan.group_bytes) {
    const std::int32_t left = plan.out.channels - o;
    const std::int32_t count = left < outputs_per_group ? left : outputs_per_group;
    const std::int8_t* from = x;
    std::int8_t* to = out + o;
    std::int32_t p = pixels;
    for (; p >= 2; p -= 2, from += 2 * plan.depth, to += 2 * plan.out.channels) run_group<2>(plan, from, stream, count, to);
    if (p != 0) run_group<1>(plan, from, stream, count, to);
  }
}

// The patch of column `x`, with the zero point where there is no input.
void gather(const Plan& plan, const RingLines& lines, Taps rows, std::int32_t x, std::int8_t* patch) {
  const Taps columns = taps_of(plan.x, x);
  const std::int32_t channels = plan.in.channels, row_bytes = plan.x.kernel * channels;
  const bool whole = rows.first == 0 && rows.last == plan.y.kernel && columns.first == 0 && columns.last == plan.x.kernel;
  if (!whole) memset(patch, plan.input_zero_point, static_cast<std::size_t>(plan.depth));
  if (columns.first >= columns.last) return;
  const std::int32_t column = plan.x.start(x) + columns.first * plan.x.dilation;
  patch += rows.first * row_bytes;
  for (std::int32_t i = rows.first; i < rows.last; ++i, patch += row_bytes) {
    const std::int8_t* from = lines[i] + column * channels;
    std::int8_t* to = patch + columns.first * channels;
    if (plan.x.dilation == 1) {
      memcpy(to, from, static_cast<std::size_t>((columns.last - columns.first) * channels));
      continue;
    }
    for (std::int32_t j = columns.first; j < columns.last; ++j, from += plan.x.dilation * channels, to += channels)
      memcpy(to, from, static_cast<std::size_t>(channels));
  }
}

void run_row(const Plan& plan, std::int32_t y) {
  std::int8_t* out = plan.out.row(y);
  if (!plan.gathers) {
    run_pixels(plan, plan.in.row(y), plan.out.width, out);
    return;
  }
  std::int8_t patches[PackedConv2dStage::max_patch_bytes];
  const Taps rows = taps_of(plan.y, y);
  const RingLines lines(plan.in, plan.y, y, rows);
  const std::int32_t fits = PackedConv2dStage::max_patch_bytes / plan.depth;
  for (std::int32_t x = 0; x < plan.out.width; x += fits) {
    const std::int32_t count = plan.out.width - x < fits ? plan.out.width - x : fits;
    for (std::int32_t i = 0; i < count; ++i) gather(plan, lines, rows, x + i, patches + i * plan.depth);
    run_pixels(plan, patches, count, out + x * plan.out.channels);
  }
}

}  // namespace

extern const Stage packed_conv2d_stage;
const Stage packed_conv2d_stage = stage_row<Plan, make_plan, run_row>(PackedConv2dStage::id, "packed_conv2d");

}  // namespace cortado::ops
