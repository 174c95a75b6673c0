// References and random cases of resampling: weights for every pair of input and output, mostly 0.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/resampling/contract.h"

namespace cortado::ops {
namespace {

// in → out along an axis.
struct Axis {
  std::int32_t in, out;
  float scale;
};

Axis axis_of(const Tensor& in, const Tensor& out, std::size_t i, bool align_corners, bool has_factor, double factor) {
  const std::int32_t from = in.size(i + 2), to = out.size(i + 2);
  if (!has_factor) factor = static_cast<double>(to) / from;
  const double scale = align_corners ? (to > 1 ? static_cast<double>(from - 1) / (to - 1) : 0) : 1 / factor;
  return {from, to, static_cast<float>(scale)};
}

void nearest_reference(const UpsampleNearest2dArgs& args) {
  copy_by_index(args.input, args.out, [&](Index index) {
    for (std::size_t i = 0; i < 2; ++i) {
      const Axis axis = axis_of(args.input, args.out, i, false, args.scale_factors.present,
                                args.scale_factors.present ? args.scale_factors.values[i] : 0);
      const auto at = static_cast<std::int32_t>(static_cast<float>(index.at[i + 2]) * axis.scale);
      index.at[i + 2] = at < axis.in ? at : axis.in - 1;
    }
    return index;
  });
}

float at(const Tensor& tensor, Index index, std::int32_t y, std::int32_t x) {
  index.at[2] = y;
  index.at[3] = x;
  return tensor.as<float>()[offset_of(tensor, index)];
}

// The position of output o between inputs.
struct Between {
  std::int32_t low, high;
  float part;
};
Between between(const Axis& axis, std::int32_t o, bool align_corners) {
  if (axis.in == axis.out) return {o, o, 0};
  const auto index = static_cast<float>(o);
  float position = align_corners ? index * axis.scale : (index + 0.5f) * axis.scale - 0.5f;
  position = position < 0 ? 0 : position;
  auto low = static_cast<std::int32_t>(position);
  low = low < axis.in ? low : axis.in - 1;
  const float part = position - static_cast<float>(low);
  return {low, low + 1 < axis.in ? low + 1 : low, part < 1 ? part : 1};
}

void bilinear_reference(const UpsampleBilinear2dArgs& args) {
  Axis axes[2];
  for (std::size_t i = 0; i < 2; ++i)
    axes[i] = axis_of(args.input, args.out, i, args.align_corners, args.scale_factors.present,
                      args.scale_factors.present ? args.scale_factors.values[i] : 0);
  for_each_logical_index(args.out, [&](const Index& index) {
    const Between y = between(axes[0], index.at[2], args.align_corners),
                  x = between(axes[1], index.at[3], args.align_corners);
    float rows[2];
    for (std::size_t i = 0; i < 2; ++i) {
      const std::int32_t row = i == 0 ? y.low : y.high;
      rows[i] = at(args.input, index, row, x.low) * (1 - x.part) + at(args.input, index, row, x.high) * x.part;
    }
    args.out.as<float>()[offset_of(args.out, index)] = rows[0] * (1 - y.part) + rows[1] * y.part;
  });
}

// The weight of input i for output o, before division by the sum of weights.
float triangle(const Axis& axis, std::int32_t o, std::int32_t i) {
  const float reach = axis.scale >= 1 ? axis.scale : 1, centre = axis.scale * (static_cast<float>(o) + 0.5f);
  const auto position = static_cast<float>(i);
  if (position + 1 <= centre - reach + 0.5f ||
      position + 1 > static_cast<float>(static_cast<std::int32_t>(centre + reach + 0.5f)))
    return 0;
  const float t = (position - centre + 0.5f) * (axis.scale >= 1 ? 1 / axis.scale : 1);
  return t > -1 && t < 1 ? 1 - __builtin_fabsf(t) : 0;
}

void antialiased_reference(const UpsampleBilinear2dAaArgs& args) {
  Axis axes[2];
  for (std::size_t i = 0; i < 2; ++i)
    axes[i] = axis_of(args.self, args.out, i, args.align_corners, args.scales_h.present,
                      i == 0 ? args.scales_h.value : args.scales_w.value);
  for_each_logical_index(args.out, [&](const Index& index) {
    float totals[2] = {0, 0}, sum = 0;
    for (std::size_t d = 0; d < 2; ++d)
      for (std::int32_t i = 0; i < axes[d].in; ++i) totals[d] += triangle(axes[d], index.at[d + 2], i);
    const auto weight = [&](std::size_t d, std::int32_t i) {
      if (totals[d] > 0) return triangle(axes[d], index.at[d + 2], i) / totals[d];
      const auto nearest = static_cast<std::int32_t>(axes[d].scale * (static_cast<float>(index.at[d + 2]) + 0.5f));
      return i == (nearest < axes[d].in ? nearest : axes[d].in - 1) ? 1.0f : 0.0f;
    };
    for (std::int32_t y = 0; y < axes[0].in; ++y)
      for (std::int32_t x = 0; x < axes[1].in; ++x)
        if (weight(0, y) != 0 && weight(1, x) != 0) sum += at(args.self, index, y, x) * weight(0, y) * weight(1, x);
    args.out.as<float>()[offset_of(args.out, index)] = sum;
  });
}

// --- cases

// Sizes of the input and the output; `factors` are exact multiples of 1/8.
struct Sizes {
  std::int32_t in[4], out[4];
  double factors[2];
};

bool random_images(Random& random, Sizes& sizes, bool by_factor) {
  sizes.in[0] = sizes.out[0] = random.between(random.chance(20) ? 0 : 1, 2);
  sizes.in[1] = sizes.out[1] = random.between(1, 4);
  for (std::size_t i = 0; i < 2; ++i) {
    sizes.in[i + 2] = random.between(1, 7);
    sizes.factors[i] = random.between(4, 24) * 0.125;
    sizes.out[i + 2] =
        by_factor ? static_cast<std::int32_t>(sizes.in[i + 2] * sizes.factors[i]) : random.between(1, 12);
    if (sizes.out[i + 2] < 1) return false;
  }
  return true;
}

template <class Args>
bool make_vector_form(CaseBuilder& builder, DType dtype, Args& args) {
  Sizes sizes;
  args.scale_factors.present = builder.random.chance(2);
  args.output_size.present = !args.scale_factors.present;
  if (!random_images(builder.random, sizes, args.scale_factors.present)) return false;
  const std::int64_t wanted[] = {sizes.out[2], sizes.out[3]};
  if (args.scale_factors.present)
    static_cast<NumberList&>(args.scale_factors) = builder.list(sizes.factors, 2);
  else
    static_cast<IntList&>(args.output_size) = builder.list(wanted, 2);
  args.input = ordered_tensor(builder, dtype, sizes.in, 4);
  args.out = ordered_tensor(builder, dtype, sizes.out, 4, true);
  return builder.fits();
}

bool nearest_case(CaseBuilder& builder, UpsampleNearest2dArgs& args) {
  return make_vector_form(builder, random_dtype(builder.random), args);
}

bool bilinear_case(CaseBuilder& builder, UpsampleBilinear2dArgs& args) {
  args.align_corners = builder.random.chance(2);
  return make_vector_form(builder, DType::f32, args);
}

bool antialiased_case(CaseBuilder& builder, UpsampleBilinear2dAaArgs& args) {
  Sizes sizes;
  args.align_corners = builder.random.chance(4);
  args.scales_h.present = args.scales_w.present = builder.random.chance(2);
  if (!random_images(builder.random, sizes, args.scales_h.present)) return false;
  args.scales_h.value = sizes.factors[0];
  args.scales_w.value = sizes.factors[1];
  const std::int64_t wanted[] = {sizes.out[2], sizes.out[3]};
  args.output_size = builder.list(wanted, 2);
  args.self = ordered_tensor(builder, DType::f32, sizes.in, 4);
  args.out = ordered_tensor(builder, DType::f32, sizes.out, 4, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__upsample_nearest2d_vec_out_cases, aten__upsample_bilinear2d_vec_out_cases,
    aten___upsample_bilinear2d_aa_out_cases;
const CaseRow aten__upsample_nearest2d_vec_out_cases =
    case_row<UpsampleNearest2dArgs, nearest_reference, nearest_case>();
const CaseRow aten__upsample_bilinear2d_vec_out_cases =
    case_row<UpsampleBilinear2dArgs, bilinear_reference, bilinear_case>();
const CaseRow aten___upsample_bilinear2d_aa_out_cases =
    case_row<UpsampleBilinear2dAaArgs, antialiased_reference, antialiased_case>();

}  // namespace cortado::ops
