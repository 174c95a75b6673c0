#include <string.h>

#include "ops/planes.h"
#include "ops/resampling/contract.h"
#include "ops/resampling/position.h"

namespace cortado::ops {
namespace {

struct Plan {
  PlaneShape planes;
  const void* in;
  void* out;
  float scale[2];  // of y and x
  std::uint8_t element_bytes;
  bool align_corners;
};

void run_nearest(const Plan& plan) {
  const PlaneAxis& y = plan.planes.y;
  const PlaneAxis& x = plan.planes.x;
  const std::size_t bytes = plan.element_bytes;
  for_each_output(plan.planes, [&](std::int32_t in, std::int32_t oy, std::int32_t ox, std::int32_t out, std::int32_t) {
    const std::int32_t row = nearest_position(oy, plan.scale[0], y.input);
    const std::int32_t column = nearest_position(ox, plan.scale[1], x.input);
    const std::int32_t at = in + row * y.in_stride + column * x.in_stride;
    memcpy(static_cast<std::uint8_t*>(plan.out) + static_cast<std::size_t>(out) * bytes,
           static_cast<const std::uint8_t*>(plan.in) + static_cast<std::size_t>(at) * bytes, bytes);
  });
}

void run_bilinear(const Plan& plan) {
  for_each_output(plan.planes, [&](std::int32_t in, std::int32_t oy, std::int32_t ox, std::int32_t out, std::int32_t) {
    const PlaneAxis& y = plan.planes.y;
    const PlaneAxis& x = plan.planes.x;
    const Blend rows = blend_of(y.input, y.output, oy, plan.scale[0], plan.align_corners);
    const Blend columns = blend_of(x.input, x.output, ox, plan.scale[1], plan.align_corners);
    const float* from = static_cast<const float*>(plan.in) + in;
    const auto along_row = [&](const float* row) {
      return row[columns.low * x.in_stride] * columns.low_weight +
             row[columns.high * x.in_stride] * columns.high_weight;
    };
    const float top = along_row(from + rows.low * y.in_stride), bottom = along_row(from + rows.high * y.in_stride);
    static_cast<float*>(plan.out)[out] = top * rows.low_weight + bottom * rows.high_weight;
  });
}

// The triangle filter around a centre, over first … last − 1.
struct Filter {
  std::int32_t first, last;
  float centre, inverse_scale, total;

  float raw(std::int32_t i) const {
    const float t = (static_cast<float>(i) - centre + 0.5f) * inverse_scale;
    const float distance = t < 0 ? -t : t;
    return distance < 1 ? 1 - distance : 0.0f;
  }
  float weight(std::int32_t i) const { return raw(i) / total; }
};

Filter filter_of(const PlaneAxis& axis, std::int32_t o, float scale) {
  Filter filter{0, axis.input, scale * (static_cast<float>(o) + 0.5f), scale >= 1 ? 1 / scale : 1.0f, 0.0f};
  const float reach = scale >= 1 ? scale : 1.0f;
  const float low = filter.centre - reach + 0.5f, high = filter.centre + reach + 0.5f;
  if (low > 0) filter.first = whole(low, axis.input - 1);
  if (high < static_cast<float>(axis.input)) filter.last = static_cast<std::int32_t>(high);
  for (std::int32_t i = filter.first; i < filter.last; ++i) filter.total += filter.raw(i);
  if (filter.total > 0) return filter;
  // No input in reach: the nearest one.
  filter.first = whole(filter.centre, axis.input - 1);
  filter.last = filter.first + 1;
  filter.centre = static_cast<float>(filter.first) + 0.5f;
  filter.total = filter.raw(filter.first);
  return filter;
}

void run_antialiased(const Plan& plan) {
  const PlaneAxis& y = plan.planes.y;
  const PlaneAxis& x = plan.planes.x;
  for_each_output(plan.planes, [&](std::int32_t in, std::int32_t oy, std::int32_t ox, std::int32_t out, std::int32_t) {
    const Filter rows = filter_of(y, oy, plan.scale[0]), columns = filter_of(x, ox, plan.scale[1]);
    float sum = 0;
    for (std::int32_t i = rows.first; i < rows.last; ++i) {
      const float* row = static_cast<const float*>(plan.in) + in + i * y.in_stride;
      const float weight = rows.weight(i);
      for (std::int32_t j = columns.first; j < columns.last; ++j)
        sum += row[j * x.in_stride] * weight * columns.weight(j);
    }
    static_cast<float*>(plan.out)[out] = sum;
  });
}

// `factors`: of y and x, or 0 for the quotient of the sizes.
CORTADO_RARELY_RUN void set_plan(Check& check, const Tensor& in, const Tensor& out, bool align_corners,
                                 const double (&factors)[2], Plan& plan) {
  check.rank("input", in, 4).dtype("out", out, in.dtype);
  if (check.ok()) set_planes(check, in, out, nullptr, plan.planes);
  if (!check.ok()) return;
  const PlaneAxis* const axes[] = {&plan.planes.y, &plan.planes.x};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int32_t from = axes[i]->input, to = axes[i]->output;
    check.range("input size", from, 1, 1 << 24)
        .range("output size", to, 1, 1 << 24)
        .that(factors[i] >= 0 && factors[i] < 0x1p24, "scale_factors must be positive");
    if (!check.ok()) return;
    const double scale = resampling_scale(factors[i], align_corners, from, to);
    check.that(scale < 0x1p24, "scale_factors are too small");
    plan.scale[i] = static_cast<float>(scale);
  }
  plan.in = in.data;
  plan.out = out.data;
  plan.element_bytes = static_cast<std::uint8_t>(size_bytes(in.dtype));
  plan.align_corners = align_corners;
}

CORTADO_RARELY_RUN ErrorCode plan_vector_form(const Tensor& in, const OptionalIntList& output_size, bool align_corners,
                                              const OptionalNumberList& scale_factors, const Tensor& out, Plan& plan,
                                              ErrorReport& report) {
  Check check(report);
  check.that(output_size.present != scale_factors.present, "output_size or scale_factors must be given")
      .equal("output_size or scale_factors", "'s length", output_size.present ? output_size.count : scale_factors.count,
             2);
  if (!check.ok()) return check.code();
  double factors[2] = {};
  for (std::size_t i = 0; i < 2 && scale_factors.present; ++i) {
    factors[i] = scale_factors.values[i];
    check.that(factors[i] > 0, "scale_factors must be positive");
  }
  set_plan(check, in, out, align_corners, factors, plan);
  for (std::size_t i = 0; i < 2 && check.ok(); ++i) {
    const double scaled = in.size(i + 2) * factors[i];
    check.that(scaled < 0x1p24, "scale_factors are too large");
    if (check.ok())
      check.equal("out", "'s size", out.size(i + 2),
                  output_size.present ? output_size[i] : static_cast<std::int64_t>(scaled));
  }
  return check.code();
}

ErrorCode plan_nearest(const UpsampleNearest2dArgs& args, Plan& plan, ErrorReport& report) {
  return plan_vector_form(args.input, args.output_size, false, args.scale_factors, args.out, plan, report);
}

ErrorCode plan_bilinear(const UpsampleBilinear2dArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).dtype("input", args.input, DType::f32);
  return plan_vector_form(args.input, args.output_size, args.align_corners, args.scale_factors, args.out, plan, report);
}

ErrorCode plan_antialiased(const UpsampleBilinear2dAaArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::f32).equal("output_size", "'s length", args.output_size.count, 2);
  const bool has_scales = args.scales_h.present && args.scales_w.present;
  set_plan(check, args.self, args.out, args.align_corners,
           {has_scales ? args.scales_h.value : 0, has_scales ? args.scales_w.value : 0}, plan);
  for (std::size_t i = 0; i < 2 && check.ok(); ++i)
    check.equal("out", "'s size", args.out.size(i + 2), args.output_size[i]);
  return check.code();
}

}  // namespace

extern const Kernel aten__upsample_nearest2d_vec_out, aten__upsample_bilinear2d_vec_out,
    aten___upsample_bilinear2d_aa_out;
const Kernel aten__upsample_nearest2d_vec_out = kernel_row<UpsampleNearest2dArgs, Plan, plan_nearest, run_nearest>();
const Kernel aten__upsample_bilinear2d_vec_out =
    kernel_row<UpsampleBilinear2dArgs, Plan, plan_bilinear, run_bilinear>();
const Kernel aten___upsample_bilinear2d_aa_out =
    kernel_row<UpsampleBilinear2dAaArgs, Plan, plan_antialiased, run_antialiased>();

}  // namespace cortado::ops
