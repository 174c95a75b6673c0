#include "ops/upsample/resize.h"

#include <cmath>

namespace cortado::ops::upsample {

std::optional<double> given_scale(const Operands& operands, std::size_t i, std::size_t spatial) {
  constexpr std::string_view names[] = {"scales_d", "scales_h", "scales_w"};
  const std::vector<double> factors = operands.numbers("scale_factors");
  if (factors.size() == spatial) return factors[i];
  if (factors.size() == 1) return factors[0];
  const std::string_view name = spatial == 1 ? "scales" : names[3 - spatial + i];
  return operands.has(name) ? std::optional(operands.number(name)) : std::nullopt;
}

Result<Resize> resize(const Operands& operands, std::size_t spatial) {
  const ir::Shape& shape = operands.shape(operands.schema()[0].name);
  if (shape.size() != spatial + 2) return input_error("the input must have rank " + std::to_string(spatial + 2));
  Resize r;
  r.result.assign(shape.begin(), shape.begin() + 2);
  const std::vector<std::int64_t> sizes = operands.integers("output_size", spatial);
  if (!sizes.empty() && sizes.size() != spatial)
    return input_error("the output size must have one number per spatial dimension");
  for (std::size_t i = 0; i < spatial; ++i) {
    const std::int64_t in = shape[2 + i];
    const std::optional<double> scale = given_scale(operands, i, spatial);
    if (sizes.empty() && !scale) return input_error("neither output size nor scale is given");
    const double wanted = sizes.empty() ? std::floor(static_cast<double>(in) * *scale) : static_cast<double>(sizes[i]);
    if (!(wanted >= 1 && wanted < 0x1p31) || in < 1)
      return input_error("the input or the output is empty or too large");
    const auto out = static_cast<std::int64_t>(wanted);
    r.in.push_back(in);
    r.out.push_back(out);
    r.result.push_back(out);
    if (operands.flag("align_corners"))
      r.step.push_back(out > 1 ? static_cast<double>(in - 1) / static_cast<double>(out - 1) : 0);
    else
      r.step.push_back(scale && *scale > 0 ? 1 / *scale : static_cast<double>(in) / static_cast<double>(out));
  }
  return r;
}

Status rewrite_as_products(const Operands& operands, Rewriter& rewriter, const Resize& r,
                           const std::vector<ir::Tensor>& matrices) {
  ir::Value* x = operands.value(operands.schema()[0].name);
  const std::size_t last = matrices.size() + 1;
  for (std::size_t i = matrices.size(); i-- > 0;) {
    if (r.in[i] == r.out[i] && r.step[i] == 1) continue;
    std::vector<std::int64_t> swap(last + 1);
    for (std::size_t d = 0; d < swap.size(); ++d) swap[d] = static_cast<std::int64_t>(d);
    std::swap(swap[2 + i], swap[last]);
    const bool is_last = 2 + i == last;
    CORTADO_TRY(x, is_last ? Result<ir::Value*>(x) : rewriter.permute(x, swap));
    CORTADO_TRY(x, rewriter.add("aten::linear.default",
                                {{"input", x}, {"weight", rewriter.constant("interpolation", matrices[i])}}));
    CORTADO_TRY(x, is_last ? Result<ir::Value*>(x) : rewriter.permute(x, swap));
  }
  return rewriter.finish({x});
}

}  // namespace cortado::ops::upsample
