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
  std::int32_t channels, outputs, blocks;
  std::int8_t zero_point;

  std::int32_t row_bytes() const { return blocks * kernel * pair * packed_vector; }  // of weights of a row of taps
  std::int32_t weight_bytes() const { return kernel * row_bytes(); }
  std::int32_t pair_bytes() const { return weight_bytes() + static_cast<std::int32_t>(sizeof(Factors)); }
};

Plan plan_of(const StageArguments& args) {
  const std::int32_t channels = args.input[0].channels();
  return {args.input[0],
          args.output,
          packed_output(args.numbers() + Number::form),
          args.constant(0),
          args.x(),
          channels,
          args.output.channels(),
          channels / packed_vector,
          static_cast<std::int8_t>(args.numbers()[Number::input_zero_point])};
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
  if (!check.ok() ||
      !check.range("columns at a time", direct_tile(in.channels(), x.stride), quad, max_patches_bytes).ok())
    return;
  if (has_helium)
    check_loop(check, find_loop(direct_loop(packed_output(args.numbers() + Number::form).form, x.stride)));
  check_constant<std::int8_t>(check, args, 0, std::int64_t{out.channels() / pair} * plan_of(args).pair_bytes(),
                              "weights");
}

// What four pixels and more are computed from: copies of the rows of taps.
struct Planes {
  const std::int8_t* x;
  std::int32_t bytes;  // from plane to plane
  Taps rows;
};

// Two outputs of four pixels without assembly.
template <PackedForm form>
void run_quad(const Plan& plan, Planes planes, const std::int8_t* w, std::int8_t* out) {
  const auto& factors = *reinterpret_cast<const Factors*>(w + plan.weight_bytes());
  const std::int32_t outputs = plan.outputs, step = plan.x.stride * packed_vector;
  std::int32_t sums[pair][quad] = {};
  for (std::int32_t row = 0; row < kernel; ++row)
    for (std::int32_t block = 0; block < plan.blocks; ++block) {
      const bool is_there = row >= planes.rows.first && row < planes.rows.last;
      for (std::int32_t tap = 0; tap < kernel; ++tap)
        for (std::int32_t o = 0; o < pair; ++o, w += packed_vector)
          for (std::int32_t i = 0; i < quad; ++i) {
            const simd::I8x16 x =
                is_there ? simd::load(planes.x + i * step + tap * packed_vector) : simd::fill(plan.zero_point);
            sums[o][i] = simd::add_dot(sums[o][i], x, simd::load(w));
          }
      if (is_there) planes.x += planes.bytes;
    }
  for (std::int32_t o = 0; o < pair; ++o) {
    const simd::I32x4 sum = simd::set(sums[o][0], sums[o][1], sums[o][2], sums[o][3]);
    const simd::I32x4 results = finish_sums<form>(plan.output, sum, factors.bias[o], simd::fill(factors.multiplier[o]),
                                                  factors.offset[o], factors.shift[o]);
    simd::store_narrow_apart(out + o, simd::set(0, outputs, 2 * outputs, 3 * outputs), simd::from_top_byte(results));
  }
}

void run_assembled_quads(const Plan& plan, const Planes& planes, std::int32_t quads, std::int8_t* out) {
  const std::int32_t outputs = plan.outputs, row_bytes = plan.row_bytes(), first = planes.rows.first,
                     rows = planes.rows.last - first;
  const std::int32_t skipped = first * row_bytes, bytes = rows * row_bytes, count = rows * plan.blocks;
  alignas(16) const std::int32_t places[] = {0, outputs, 2 * outputs, 3 * outputs};
  const DirectArguments arguments = {planes.x,
                                     out,
                                     plan.pair_bytes(),
                                     direct_quads(quads, count),
                                     planes.bytes,
                                     quad * plan.x.stride * packed_vector - count * planes.bytes,
                                     quad * outputs,
                                     plan.stream + skipped,
                                     bytes,
                                     rows == kernel ? 0
                                     : first != 0   ? -skipped
                                                    : bytes,
                                     plan.blocks,
                                     plan.zero_point,
                                     out + outputs,
                                     places};
  find_loop(direct_loop(plan.output.form, plan.x.stride))(&arguments);
}

// All outputs of 4 · quads pixels.
__attribute__((noinline)) void run_quads(const Plan& plan, const Planes& planes, std::int32_t quads, std::int8_t* out) {
  static_assert(direct_tile(packed_vector, 1) <= max_direct_quads * quad, "the kernels count no more");
  if (has_helium) return run_assembled_quads(plan, planes, quads, out);
  const auto run =
      plan.output.form == PackedForm::at_limit ? run_quad<PackedForm::at_limit> : run_quad<PackedForm::rounded>;
  const std::int32_t next = quad * plan.x.stride * packed_vector;
  const std::int8_t* w = plan.stream;
  for (std::int32_t o = 0; o < plan.outputs; o += pair, w += plan.pair_bytes())
    for (std::int32_t q = 0; q < quads; ++q)
      run(plan, {planes.x + q * next, planes.bytes, planes.rows}, w, out + o + q * quad * plan.outputs);
}

// `count` columns of a row from a copy of `columns`.
void run_columns(const Plan& plan, const std::int8_t* copies, std::int32_t columns, Taps rows, std::int32_t count,
                 std::int8_t* out) {
  const std::int32_t bytes = columns * packed_vector, again = count - quad;
  run_quads(plan, {copies, bytes, rows}, count / quad, out);
  if (count % quad != 0)
    run_quads(plan, {copies + again * plan.x.stride * packed_vector, bytes, rows}, 1, out + again * plan.outputs);
}

// Row `y` of the output, and the next one if both are computed from one copy.
void run_some(const Plan& plan, const Window& window, std::int32_t y, bool are_two) {
  alignas(16) std::int8_t copies[max_patches_bytes];
  Taps inside = taps_of(window, y);
  const Taps rows = direct_rows(inside);
  Taps copied = rows, next;
  if (are_two) {  // rows of taps are counted from the first row's
    const Taps next_inside = taps_of(window, y + 1);
    next = direct_rows(next_inside);
    inside.last = next_inside.last + 1;
    copied.last = next.last + 1;
  }
  const std::int8_t* lines[kernel + 1];
  find_rows(plan.in, window, y, inside, lines);
  const std::int32_t stride = plan.x.stride, width = plan.out.width();
  const bool is_one_tile = are_two || direct_columns(width, stride) * kernel * plan.channels <= max_patches_bytes;
  const std::int32_t most = is_one_tile ? width : direct_tile(plan.channels, stride);
  std::int8_t* const out = plan.out.row(y);
  for_columns(width, most, quad, [&](std::int32_t x, std::int32_t count) {
    const std::int32_t columns = direct_columns(count, stride);
    copy_columns(plan.in, lines, inside, copied, plan.zero_point, plan.x.start(x), columns, copies);
    run_columns(plan, copies, columns, rows, count, out + x * plan.outputs);
    if (!are_two) return;
    run_columns(plan, copies + (1 + next.first - copied.first) * columns * plan.channels, columns, next, count,
                plan.out.row(y + 1));
  });
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t rows) {
  const Plan plan = plan_of(args);
  const Window window = args.y();
  const bool are_pairs = rows > 1 && copies_for_two(plan.channels, args.parts->y, plan.out.width(), plan.x.stride);
  if (are_pairs)
    for (; rows > 1; rows -= 2, y += 2) run_some(plan, window, y, true);
  for (; rows > 0; --rows, ++y) run_some(plan, window, y, false);
}

}  // namespace

extern const Stage direct_conv2d_stage;
const Stage direct_conv2d_stage = stage_rows<check_arguments, run_rows>(DirectConv2dStage::id, "direct_conv2d");

}  // namespace cortado::ops
