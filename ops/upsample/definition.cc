// Images and signals in another size: the nearest element, or linear interpolation.
#include <algorithm>
#include <cmath>

#include "ops/host/rewrites.h"
#include "ops/int8_operands.h"
#include "ops/lowering.h"
#include "ops/operator_list.h"
#include "ops/resampling/contract.h"
#include "ops/upsample/cubic.h"
#include "ops/upsample/resize.h"

namespace cortado::ops {
namespace {

using upsample::given_scale;
using upsample::Resize;
using upsample::resize;
using upsample::rewrite_as_products;

// One output along one dimension: a weighted sum of two inputs.
struct Tap {
  std::int64_t low = 0, high = 0;
  double weight = 0;  // of `high`; 1 − weight of `low`
};

std::vector<Tap> nearest_taps(const Resize& r, std::size_t i, bool exact) {
  std::vector<Tap> taps;
  const auto step = static_cast<float>(r.step[i]);
  for (std::int64_t o = 0; o < r.out[i]; ++o) {
    const float at = exact ? (static_cast<float>(o) + 0.5f) * step : static_cast<float>(o) * step;
    const std::int64_t index = std::min(static_cast<std::int64_t>(std::floor(at)), r.in[i] - 1);
    taps.push_back({index, index, 0});
  }
  return taps;
}

std::vector<Tap> linear_taps(const Resize& r, std::size_t i, bool align_corners) {
  std::vector<Tap> taps;
  for (std::int64_t o = 0; o < r.out[i]; ++o) {
    const double position = static_cast<double>(o);
    const double at = align_corners ? position * r.step[i] : std::max((position + 0.5) * r.step[i] - 0.5, 0.0);
    const std::int64_t low = std::min(static_cast<std::int64_t>(at), r.in[i] - 1);
    taps.push_back({low, std::min(low + 1, r.in[i] - 1), std::min(at - static_cast<double>(low), 1.0)});
  }
  return taps;
}

// Interpolates dimension `dim` alone.
ir::Tensor along(const ir::Tensor& x, std::size_t dim, const std::vector<Tap>& taps) {
  ir::Shape shape = x.shape();
  const std::int64_t in = shape[dim];
  shape[dim] = static_cast<std::int64_t>(taps.size());
  ir::Tensor y(DType::f32, shape);
  const std::int64_t inner = ir::element_count({shape.begin() + static_cast<std::ptrdiff_t>(dim) + 1, shape.end()});
  const std::int64_t outer = ir::element_count({shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(dim)});
  float* to = y.mutable_data<float>();
  for (std::int64_t o = 0; o < outer; ++o)
    for (const Tap& tap : taps) {
      const float* low = x.data<float>() + (o * in + tap.low) * inner;
      const float* high = x.data<float>() + (o * in + tap.high) * inner;
      const auto weight = static_cast<float>(tap.weight);
      for (std::int64_t j = 0; j < inner; ++j) *to++ = weight == 0 ? low[j] : low[j] * (1 - weight) + high[j] * weight;
    }
  return y;
}

enum class Kind : std::uint8_t { nearest, nearest_exact, linear };

template <std::size_t spatial>
Types infer(const Operands& operands) {
  CORTADO_TRY(Resize r, resize(operands, spatial));
  return one(operands.real_dtype(operands.schema()[0].name), std::move(r.result));
}

template <std::size_t spatial, Kind kind>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Resize r, resize(operands, spatial));
  const std::string_view name = operands.schema()[0].name;
  ir::Tensor x = operand(operands, environment, name, DType::f32);
  for (std::size_t i = spatial; i-- > 0;)
    x = along(x, 2 + i,
              kind == Kind::linear ? linear_taps(r, i, operands.flag("align_corners"))
                                   : nearest_taps(r, i, kind == Kind::nearest_exact));
  return one(cast(x, operands.real_dtype(name)));
}

// Nearest elements are copies, of stored integers too.
Status lower_nearest(const Operands& operands, Lowering& lowering) {
  const ir::Value* x = operands.value("input");
  const ir::Value* y = operands.node().outputs[0];
  if (x->type.dtype != y->type.dtype || !x->type.is_quantized() || !y->type.is_quantized() ||
      !is_per_tensor(x, y->type.dtype) || !share_parameters(x, y))
    return input_error("its input and result do not share scale and zero point");
  ir::Node* node = lowering.emit(UpsampleNearest2dArgs::name,
                                 {{"input", operands.value("input")},
                                  {"output_size", operands.argument("output_size")},
                                  {"scale_factors", operands.argument("scale_factors")}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

template <std::size_t spatial, Kind kind>
Definition definition(std::string_view op, std::string_view parameters, std::string_view kernel = "") {
  return {.op = op,
          .schema = schema(parameters),
          .summary = kind == Kind::linear ? "y = x interpolated linearly to another size"
                                          : "y = the nearest x, in another size",
          .infer = infer<spatial>,
          .evaluate = evaluate<spatial, kind>,
          .quantization = kind == Kind::linear ? observed() : same_as_input(),
          .layout = LayoutRule::same,
          .lower = kernel.find("nearest") != std::string_view::npos ? lower_nearest : nullptr,
          .float_kernel = kernel};
}

// The matrix [out, in] of an interpolation.
ir::Tensor interpolation_matrix(const std::vector<Tap>& taps, std::int64_t in) {
  ir::Tensor matrix(DType::f32, {static_cast<std::int64_t>(taps.size()), in});
  float* row = matrix.mutable_data<float>();
  for (const Tap& tap : taps) {
    row[tap.low] += static_cast<float>(1 - tap.weight);
    row[tap.high] += static_cast<float>(tap.weight);
    row += in;
  }
  return matrix;
}

// What ExecuTorch has in float: images, the size or the factors given for both dimensions.
template <std::size_t spatial>
Status rewrite_to_vector_form(const Operands& operands, Rewriter& rewriter) {
  const std::string& op = operands.node().op;
  if (spatial == 3 || (spatial == 2 && op.ends_with(".vec"))) return {};
  const bool is_linear = op.find("linear") != std::string::npos;
  CORTADO_TRY(const Resize r, resize(operands, spatial));
  std::vector<double> factors(2 - spatial, 1.0);
  for (std::size_t i = 0; i < spatial; ++i)
    if (const auto scale = given_scale(operands, i, spatial);
        scale && std::floor(static_cast<double>(r.in[i]) * *scale) == static_cast<double>(r.out[i]))
      factors.push_back(*scale);
  ir::Shape image = operands.shape(operands.schema()[0].name);
  std::vector<std::int64_t> size = r.out;
  if (spatial == 1) image.insert(image.end() - 1, 1), size.insert(size.begin(), 1);
  CORTADO_TRY(ir::Value* x, rewriter.view(operands.value(operands.schema()[0].name), image));
  std::vector<ir::NamedArgument> arguments = {{"input", x}};
  if (factors.size() == 2)
    arguments.push_back({"scale_factors", factors});
  else
    arguments.push_back({"output_size", size});
  if (is_linear) arguments.push_back({"align_corners", operands.flag("align_corners")});
  for (const char* name : {"output_size", "scale_factors"})
    if (std::none_of(arguments.begin(), arguments.end(), [&](const auto& argument) { return argument.name == name; }))
      arguments.push_back({name, ir::None{}});
  CORTADO_TRY(ir::Value* y, rewriter.add(is_linear ? "aten::upsample_bilinear2d.vec" : "aten::upsample_nearest2d.vec",
                                         std::move(arguments)));
  CORTADO_TRY(y, rewriter.result_view(y, r.result));
  return rewriter.finish({y});
}

// In a graph to be quantized, linear interpolation is a product with a constant matrix in each dimension.
template <std::size_t spatial>
Status rewrite_linear(const Operands& operands, Rewriter& rewriter) {
  if (rewriter.graph_is_quantized()) return rewrite_to_vector_form<spatial>(operands, rewriter);
  CORTADO_TRY(const Resize r, resize(operands, spatial));
  std::vector<ir::Tensor> matrices;
  for (std::size_t i = 0; i < spatial; ++i)
    matrices.push_back(interpolation_matrix(linear_taps(r, i, operands.flag("align_corners")), r.in[i]));
  return rewrite_as_products(operands, rewriter, r, matrices);
}

bool repeats_elements(const Resize& r) {
  for (std::size_t i = 0; i < r.in.size(); ++i)
    if (r.out[i] % r.in[i] != 0 || r.step[i] != static_cast<double>(r.in[i]) / static_cast<double>(r.out[i]))
      return false;
  return true;
}

// Elements chosen in one spatial dimension after the other: ExecuTorch has no operator for the exact ones.
Status rewrite_as_choice(const Operands& operands, Rewriter& rewriter, const Resize& r) {
  ir::Value* x = operands.value(operands.schema()[0].name);
  for (std::size_t i = 0; i < r.in.size(); ++i) {
    const std::vector<Tap> taps = nearest_taps(r, i, true);
    ir::Tensor index(DType::i64, {r.out[i]});
    for (std::size_t o = 0; o < taps.size(); ++o) index.mutable_data<std::int64_t>()[o] = taps[o].low;
    CORTADO_TRY(x,
                rewriter.add("aten::index_select.default", {{"self", x},
                                                            {"dim", static_cast<std::int64_t>(2 + i)},
                                                            {"index", rewriter.constant("index", std::move(index))}}));
  }
  return rewriter.finish({x});
}

// Whole factors repeat elements: a stretched dimension behind each spatial one, merged.
template <std::size_t spatial>
Status rewrite_nearest(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const Resize r, resize(operands, spatial));
  const bool repeats = repeats_elements(r);
  // The centre of a repeated element is in it, too.
  const bool is_exact = operands.node().op.find("exact") != std::string::npos;
  if (is_exact && !repeats) return rewrite_as_choice(operands, rewriter, r);
  if (rewriter.graph_is_quantized() || !repeats) return rewrite_to_vector_form<spatial>(operands, rewriter);
  ir::Value* x = operands.value(operands.schema()[0].name);
  ir::Shape split(x->type.shape.begin(), x->type.shape.begin() + 2);
  ir::Shape stretched = split;
  for (std::size_t i = 0; i < spatial; ++i) {
    split.insert(split.end(), {r.in[i], 1});
    stretched.insert(stretched.end(), {r.in[i], r.out[i] / r.in[i]});
  }
  CORTADO_TRY(x, rewriter.add("aten::view.default", {{"self", x}, {"size", split}}));
  CORTADO_TRY(x, rewriter.add("aten::expand.default", {{"self", x}, {"size", stretched}}));
  CORTADO_TRY(x, rewriter.add("aten::view.default", {{"self", x}, {"size", r.result}}));
  return rewriter.finish({x});
}

}  // namespace

void add_upsample(Registry& r) {
  upsample::add_cubic(r);
  constexpr auto nearest = Kind::nearest;
  constexpr auto exact = Kind::nearest_exact;
  constexpr auto linear = Kind::linear;
  // clang-format off: one line, one operator
  r.add(definition<1, nearest>("aten::upsample_nearest1d.default", "Tensor self, SymInt[1] output_size, float? scales=None"));
  r.add(definition<1, nearest>("aten::upsample_nearest1d.vec", "Tensor input, SymInt[]? output_size, float[]? scale_factors"));
  r.add(definition<2, nearest>("aten::upsample_nearest2d.default", "Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None"));
  r.add(definition<2, nearest>("aten::upsample_nearest2d.vec", "Tensor input, SymInt[]? output_size, float[]? scale_factors", "aten::upsample_nearest2d.vec_out"));
  r.add(definition<3, nearest>("aten::upsample_nearest3d.default", "Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None"));
  r.add(definition<3, nearest>("aten::upsample_nearest3d.vec", "Tensor input, SymInt[]? output_size, float[]? scale_factors"));
  r.add(definition<1, exact>("aten::_upsample_nearest_exact1d.default", "Tensor self, SymInt[1] output_size, float? scales=None"));
  r.add(definition<1, exact>("aten::_upsample_nearest_exact1d.vec", "Tensor input, SymInt[]? output_size, float[]? scale_factors"));
  r.add(definition<2, exact>("aten::_upsample_nearest_exact2d.default", "Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None"));
  r.add(definition<2, exact>("aten::_upsample_nearest_exact2d.vec", "Tensor input, SymInt[]? output_size, float[]? scale_factors"));
  r.add(definition<1, linear>("aten::upsample_linear1d.default", "Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None"));
  r.add(definition<1, linear>("aten::upsample_linear1d.vec", "Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors"));
  r.add(definition<2, linear>("aten::upsample_bilinear2d.default", "Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None"));
  r.add(definition<2, linear>("aten::upsample_bilinear2d.vec", "Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors", "aten::upsample_bilinear2d.vec_out"));
  r.add(definition<3, linear>("aten::upsample_trilinear3d.default", "Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None"));
  r.add(definition<3, linear>("aten::upsample_trilinear3d.vec", "Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors"));
  // clang-format on
  r.set_rewrite({"aten::upsample_linear1d.default", "aten::upsample_linear1d.vec"}, rewrite_linear<1>);
  r.set_rewrite({"aten::upsample_bilinear2d.default", "aten::upsample_bilinear2d.vec"}, rewrite_linear<2>);
  r.set_rewrite({"aten::upsample_trilinear3d.default", "aten::upsample_trilinear3d.vec"}, rewrite_linear<3>);
  r.set_rewrite({"aten::upsample_nearest1d.default", "aten::upsample_nearest1d.vec",
                 "aten::_upsample_nearest_exact1d.default", "aten::_upsample_nearest_exact1d.vec"},
                rewrite_nearest<1>);
  r.set_rewrite({"aten::upsample_nearest2d.default", "aten::upsample_nearest2d.vec",
                 "aten::_upsample_nearest_exact2d.default", "aten::_upsample_nearest_exact2d.vec"},
                rewrite_nearest<2>);
  r.set_rewrite({"aten::upsample_nearest3d.default", "aten::upsample_nearest3d.vec"}, rewrite_nearest<3>);
}

}  // namespace cortado::ops
