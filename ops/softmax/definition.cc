// Softmax and its logarithm along a dimension.
#include <cmath>

#include "ops/host/rewrites.h"
#include "ops/host/rows.h"
#include "ops/int8_log_softmax/lower.h"
#include "ops/operator_list.h"
#include "ops/softmax/lower.h"
#include "ops/softmax/masks.h"

namespace cortado::ops {
namespace {

Types infer(const Operands& operands) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), operands.shape("self").size()));
  static_cast<void>(dim);
  return one(operands.dtype("dtype").value_or(float_dtype(operands.real_dtype("self"))), operands.shape("self"));
}

// With m the row's maximum, e[i] = exp(x[i] − m): softmax e[i] / Σ e, log softmax x[i] − m − log Σ e.
template <bool logarithm>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer(operands));
  const ir::Tensor x = operand(operands, environment, "self", DType::f32);
  const DimensionRows rows(x.shape(), Operands::dimension(operands.integer("dim"), x.rank()));
  ir::Tensor y(DType::f32, x.shape());
  float* to = y.mutable_data<float>();
  rows.for_each([&](std::int64_t first) {
    const float* row = x.data<float>() + first;
    float highest = row[0];
    for (std::int64_t i = 0; i < rows.length; ++i)
      highest = row[i * rows.inner] > highest ? row[i * rows.inner] : highest;
    double sum = 0;
    for (std::int64_t i = 0; i < rows.length; ++i) {
      const float e = std::exp(row[i * rows.inner] - highest);
      to[first + i * rows.inner] = logarithm ? row[i * rows.inner] - highest : e;
      sum += e;
    }
    for (std::int64_t i = 0; i < rows.length; ++i) {
      float& value = to[first + i * rows.inner];
      value = static_cast<float>(logarithm ? value - std::log(sum) : value / sum);
    }
  });
  return one(cast(y, types[0].dtype));
}

template <bool logarithm>
Definition definition(std::string_view op, std::string_view parameters, std::string_view kernel) {
  Definition result{.op = op,
                    .schema = schema(parameters),
                    .summary = logarithm ? "y = x − log Σ e^x" : "y = e^x / Σ e^x",
                    .constraints = {{"the dimension is not empty",
                                     [](const Operands& o) {
                                       for (std::int64_t size : o.shape("self"))
                                         if (size == 0) return false;
                                       return true;
                                     }}},
                    .infer = infer,
                    .evaluate = evaluate<logarithm>,
                    .layout = LayoutRule::same,
                    .lower = logarithm ? int8_log_softmax::lower : softmax::lower,
                    .float_kernel = kernel};
  // A probability fits 1/256 steps from 0 to 255/256; its logarithm has no such limits.
  if (logarithm)
    result.quantization = observed();
  else
    result.quantization = {.output = OutputRule::fixed, .fixed = ir::quantization(1.0 / 256.0, -128)};
  return result;
}

constexpr std::string_view plain_softmax = "aten::_softmax.default";

// softmax.int is _softmax.default, which ExecuTorch knows; its masks must not take the range of int8.
Status rewrite_softmax(const Operands& operands, Rewriter& rewriter) {
  if (operands.type("self").dtype != operands.output_type().dtype) return {};
  CORTADO_TRY(ir::Value* scores, softmax::soften_mask(rewriter, operands.value("self")));
  if (scores == operands.value("self") && operands.node().op == plain_softmax) return {};
  CORTADO_TRY(ir::Value* y,
              rewriter.add(std::string(plain_softmax),
                           {{"self", scores}, {"dim", operands.argument("dim")}, {"half_to_float", false}}));
  return rewriter.finish({y});
}

Status rewrite_log_softmax(const Operands& operands, Rewriter& rewriter) {
  if (operands.type("self").dtype != operands.output_type().dtype) return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::_log_softmax.default", {{"self", operands.value("self")},
                                                                        {"dim", operands.argument("dim")},
                                                                        {"half_to_float", false}}));
  return rewriter.finish({y});
}

}  // namespace

void add_softmax(Registry& r) {
  r.add(definition<false>("aten::softmax.int", "Tensor self, int dim, ScalarType? dtype=None", ""));
  r.add(definition<false>("aten::_softmax.default", "Tensor self, int dim, bool half_to_float", "aten::_softmax.out"));
  r.add(definition<true>("aten::log_softmax.int", "Tensor self, int dim, ScalarType? dtype=None", ""));
  r.add(definition<true>("aten::_log_softmax.default", "Tensor self, int dim, bool half_to_float",
                         "aten::_log_softmax.out"));
  r.set_rewrite({"aten::softmax.int", plain_softmax}, rewrite_softmax);
  r.set_rewrite({"aten::log_softmax.int"}, rewrite_log_softmax);
}

}  // namespace cortado::ops
