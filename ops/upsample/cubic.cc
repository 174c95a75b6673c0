#include "ops/upsample/cubic.h"

#include <algorithm>
#include <cmath>

#include "ops/upsample/resize.h"

namespace cortado::ops::upsample {
namespace {

// The convolution kernel of R. G. Keys, "Cubic convolution interpolation for digital image processing" (1981), with the
// slope a that PyTorch takes; x is a distance.
double keys(double x) {
  constexpr double a = -0.75;
  x = std::fabs(x);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return 0;
}

// Four neighbours for each output, the edge repeated.
ir::Tensor matrix(const Resize& r, std::size_t i, bool align_corners) {
  const std::int64_t in = r.in[i];
  ir::Tensor m(DType::f32, {r.out[i], in});
  for (std::int64_t o = 0; o < r.out[i]; ++o) {
    const double position = static_cast<double>(o);
    const double at = align_corners ? position * r.step[i] : (position + 0.5) * r.step[i] - 0.5;
    const auto low = static_cast<std::int64_t>(std::floor(at));
    for (std::int64_t k = low - 1; k <= low + 2; ++k) {
      const std::int64_t column = std::clamp<std::int64_t>(k, 0, in - 1);
      m.mutable_data<float>()[o * in + column] += static_cast<float>(keys(at - static_cast<double>(k)));
    }
  }
  return m;
}

Status rewrite(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const Resize r, resize(operands, 2));
  std::vector<ir::Tensor> matrices;
  for (std::size_t i = 0; i < 2; ++i) matrices.push_back(matrix(r, i, operands.flag("align_corners")));
  return rewrite_as_products(operands, rewriter, r, matrices);
}

}  // namespace

void add_cubic(Registry& r) {
  const std::string_view summary = "y = x interpolated by cubic polynomials to another size";
  r.add(
      composition("aten::upsample_bicubic2d.default",
                  "Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None",
                  summary, rewrite));
  r.add(composition("aten::upsample_bicubic2d.vec",
                    "Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors", summary,
                    rewrite));
}

}  // namespace cortado::ops::upsample
