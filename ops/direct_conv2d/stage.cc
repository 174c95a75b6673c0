#include "ops/direct_conv2d/stage.h"

#include "ops/direct_conv2d/columns.h"
#include "ops/direct_conv2d/direct_kernels.h"

namespace cortado::ops {
namespace {

using Number = DirectConv2dStage;
constexpr std::int32_t kernel = Number::kernel, quad = Number::quad, pair = Number::outputs;
using Factors = PackedFactors<pair>;

// The arguments as they are used.
struct Plan {
  const Rows& in;
  const Rows& out;
  const PackedOutput& output;
  const std::int8_t* stream;
  Window x;
  std::int32_t channels, outputs, planes;

  std::int32_t weight_bytes() const { return planes * kernel * pair * packed_vector; }
};

Plan plan_of(const StageArguments& args) {
  const std::int32_t channels = args.input[0].channels();
  return {args.input[0], args.output, packed_output(args.numbers() + Number::form), args.constant(0), args.x(), channels,
          args.output.channels(), channels / packed_vector * kernel};
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 1).ok()) return;
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  const Rows &in = args.input[0], &out = args.output;
  check_int8(check, args)
      .equal("kernel rows", y.kernel, kernel)
      .equal("kernel columns", x.kernel, kernel)
      .equal("dilation", x.dilation, 1)
      .range("stride", x.stride, 1, Number::max_stride)
      .range("width", out.width(), quad, 1 << 16)
      .equal("input's channels % 16", in.channels() % packed_vector, 0)
      .equal("output's channels % 2", out.channels() % pair, 0)
      .equal("output's stride % 2", out.stride() % pair, 0)
      .range("input_zero_point", args.numbers()[Number::input_zero_point], -128, 127);
  check_packed_output(check, args.numbers() + Number::form);
  check.range("form", args.numbers()[Number::form], 0, static_cast<std::int32_t>(PackedForm::rounded));
  if (!check.ok() || !check.range("columns at a time", direct_tile(in.channels(), x.stride), quad, max_patches_bytes).ok()) return;
  if (has_helium) check_loop(check, find_loop(direct_loop(packed_output(args.numbers() + Number::form).form, x.stride)));
  const std::int64_t bytes = plan_of(args).weight_bytes() + static_cast<std::int64_t>(sizeof(Factors));
  check_constant<std::int8_t>(check, args, 0, out.channels() / pair * bytes, "weights");
}

// Two outputs of four pixels without assembly.
template <PackedForm form>
void run_quad(const Plan& plan, const std::int8_t* x, std::int32_t plane, const std::int8_t* w, std::int8_t* out) {
  const auto& factors = *reinterpret_cast<const Factors*>(w + plan.weight_bytes());
  const std::int32_t outputs = plan.outputs, step = plan.x.stride * packed_vector;
  std::int32_t sums[pair][quad] = {};
  for (std::int32_t p = 0; p < plan.planes; ++p, x += plane)
    for (std::int32_t tap = 0; tap < kernel; ++tap)
      for (std::int32_t o = 0; o < pair; ++o, w += packed_vector)
        for (std::int32_t i = 0; i < quad; ++i)
          sums[o][i] = simd::add_dot(sums[o][i], simd::load(x + i * step + tap * packed_vector), simd::load(w));
  for (std::int32_t o = 0; o < pair; ++o) {
    const simd::I32x4 sum = simd::set(sums[o][0], sums[o][1], sums[o][2], sums[o][3]);
    const simd::I32x4 results = finish_sums<form>(plan.output, sum, factors.bias[o], simd::fill(factors.multiplier[o]),
                                                  factors.offset[o], factors.shift[o]);
    simd::store_narrow_apart(out + o, simd::set(0, outputs, 2 * outputs, 3 * outputs), simd::from_top_byte(results));
  }
}

// All outputs of 4 · quads pixels.
void run_quads(const Plan& plan, const std::int8_t* x, std::int32_t plane, std::int32_t quads, std::int8_t* out) {
  const std::int32_t outputs = plan.outputs, next = quad * plan.x.stride * packed_vector, weight_bytes = plan.weight_bytes();
  if (has_helium) {
    alignas(16) const std::int32_t places[] = {0, outputs, 2 * outputs, 3 * outputs};
    const DirectArguments arguments = {x, out, plan.stream, outputs / pair, quads, weight_bytes, next - plan.planes * plane,
                                       quad * outputs, plane, places};
    return find_loop(direct_loop(plan.output.form, plan.x.stride))(&arguments);
  }
  const auto run = plan.output.form == PackedForm::at_limit ? run_quad<PackedForm::at_limit> : run_quad<PackedForm::rounded>;
  const std::int8_t* w = plan.stream;
  for (std::int32_t o = 0; o < outputs; o += pair, w += weight_bytes + static_cast<std::int32_t>(sizeof(Factors)))
    for (std::int32_t q = 0; q < quads; ++q) run(plan, x + q * next, plane, w, out + o + q * quad * outputs);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const Plan plan = plan_of(args);
  alignas(16) std::int8_t planes[max_patches_bytes];
  const Window window = args.y();
  const Taps rows = taps_of(window, y);
  const RingLines lines(plan.in, window, y, rows);
  const auto zero_point = static_cast<std::int8_t>(args.numbers()[Number::input_zero_point]);
  const std::int32_t stride = plan.x.stride, width = plan.out.width(), most = direct_tile(plan.channels, stride);
  std::int8_t* const out = plan.out.row(y);
  for_columns(width, most, quad, [&](std::int32_t x, std::int32_t count) {
    const std::int32_t columns = direct_columns(count, stride), plane = columns * packed_vector, again = count - quad;
    copy_columns(plan.in, lines, rows, window.kernel, zero_point, plan.x.start(x), columns, planes);
    run_quads(plan, planes, plane, count / quad, out + x * plan.outputs);
    if (count % quad != 0) run_quads(plan, planes + again * stride * packed_vector, plane, 1, out + (x + again) * plan.outputs);
  });
}

}  // namespace

extern const Stage direct_conv2d_stage;
const Stage direct_conv2d_stage = stage_row<check_arguments, run_row>(DirectConv2dStage::id, "direct_conv2d");

}  // namespace cortado::ops
