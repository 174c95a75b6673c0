// Activations that need more than one number or one tensor: prelu, glu.
#include <cmath>

#include "ops/host/formula.h"
#include "ops/host/rows.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// y = x > 0 ? x : weight[c] · x, c the index of dimension 1, or one weight for all
Tensors evaluate_prelu(const Operands& operands, const Environment& environment) {
  const ir::Tensor x = operand(operands, environment, "self", DType::f32);
  const ir::Tensor weight = operand(operands, environment, "weight", DType::f32);
  const DimensionRows rows(x.shape(), 1);
  ir::Tensor y(DType::f32, x.shape());
  float* to = y.mutable_data<float>();
  for (std::int64_t i = 0; i < x.elements(); ++i) {
    const float value = x.data<float>()[i];
    const std::int64_t channel = weight.elements() == 1 ? 0 : i / rows.inner % rows.length;
    to[i] = value > 0 ? value : value * weight.data<float>()[channel];
  }
  return one(cast(y, operands.real_dtype("self")));
}

bool one_weight_per_channel(const Operands& operands) {
  const ir::Shape& x = operands.shape("self");
  const std::int64_t weights = ir::element_count(operands.shape("weight"));
  return weights == 1 || (x.size() >= 2 && weights == x[1]);
}

Types infer_glu(const Operands& operands) {
  ir::Shape shape = operands.shape("self");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  if (shape.empty() || shape[dim] % 2 != 0) return input_error("the dimension must have an even size");
  shape[dim] /= 2;
  return one(operands.real_dtype("self"), std::move(shape));
}

// With a and b the halves of x along dim: y = a / (1 + e^−b)
Tensors evaluate_glu(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_glu(operands));
  const ir::Tensor x = operand(operands, environment, "self", DType::f32);
  const DimensionRows rows(x.shape(), Operands::dimension(operands.integer("dim"), x.rank()));
  ir::Tensor y(DType::f32, types[0].shape);
  float* to = y.mutable_data<float>();
  const std::int64_t half = rows.length / 2 * rows.inner;
  for (std::int64_t o = 0; o < rows.outer; ++o)
    for (std::int64_t i = 0; i < half; ++i) {
      const float* a = x.data<float>() + o * 2 * half + i;
      *to++ = *a / (1 + std::exp(-a[half]));
    }
  return one(cast(y, types[0].dtype));
}

// As ExecuTorch has it in float: where(x > 0, x, weight · x).
Status rewrite_prelu_in_float(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  ir::Shape shape(x->type.shape.size(), 1);
  if (shape.size() >= 2) shape[1] = ir::element_count(operands.shape("weight"));
  CORTADO_TRY(ir::Value* weight, rewriter.view(operands.value("weight"), shape));
  CORTADO_TRY(ir::Value* is_positive, rewriter.add("aten::gt.Scalar", {{"self", x}, {"other", std::int64_t{0}}}));
  CORTADO_TRY(ir::Value* scaled, rewriter.add("aten::mul.Tensor", {{"self", weight}, {"other", x}}));
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::where.self", {{"condition", is_positive}, {"self", x}, {"other", scaled}}));
  return rewriter.finish({y});
}

// One constant weight: leaky_relu. In a graph to be quantized, one per channel: relu(x) + weight · min(x, 0).
Status rewrite_prelu(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  ir::Value* weight = operands.value("weight");
  if (rewriter.graph_is_quantized()) return rewrite_prelu_in_float(operands, rewriter);
  if (weight->kind == ir::ValueKind::constant && weight->data.elements() == 1) {
    CORTADO_TRY(ir::Value* y,
                rewriter.add("aten::leaky_relu.default", {{"self", x}, {"negative_slope", weight->data.as_double(0)}}));
    return rewriter.finish({y});
  }
  ir::Shape shape(x->type.shape.size(), 1);
  if (shape.size() >= 2) shape[1] = ir::element_count(weight->type.shape);
  CORTADO_TRY(weight, rewriter.view(weight, shape));
  CORTADO_TRY(ir::Value* positive, rewriter.add("aten::relu.default", {{"self", x}}));
  CORTADO_TRY(ir::Value* negative, rewriter.add("aten::clamp.default", {{"self", x}, {"max", 0.0}}));
  CORTADO_TRY(negative, rewriter.add("aten::mul.Tensor", {{"self", negative}, {"other", weight}}));
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::add.Tensor", {{"self", positive}, {"other", negative}}));
  return rewriter.finish({y});
}

// In float x > 0 ? x : weight · x, as ExecuTorch decomposes it.
Status prelu_in_float(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  ir::Value* weight = operands.value("weight");
  ir::Shape shape(x->type.shape.size(), 1);
  if (shape.size() > 1) shape[1] = ir::element_count(weight->type.shape);
  if (weight->kind == ir::ValueKind::constant) {
    weight = rewriter.constant("weight", weight->data.reshaped(shape));
  } else {
    CORTADO_TRY(weight, rewriter.view(weight, shape));
  }
  Formula formula(rewriter);
  return formula.finish(formula.where(formula("gt.Scalar", x, {std::int64_t{0}}), x, formula.mul(x, weight)));
}

// a · σ(b), in a graph to be quantized.
Status rewrite_glu(const Operands& operands, Rewriter& rewriter) {
  if (rewriter.graph_is_quantized()) return {};
  const std::size_t dim = Operands::dimension(operands.integer("dim"), operands.shape("self").size());
  const std::int64_t half = operands.output_type().shape[dim];
  const auto part = [&](std::int64_t start) {
    return rewriter.add("aten::slice.Tensor", {{"self", operands.value("self")},
                                               {"dim", static_cast<std::int64_t>(dim)},
                                               {"start", start},
                                               {"end", start + half}});
  };
  CORTADO_TRY(ir::Value* a, part(0));
  CORTADO_TRY(ir::Value* b, part(half));
  CORTADO_TRY(b, rewriter.add("aten::sigmoid.default", {{"self", b}}));
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::mul.Tensor", {{"self", a}, {"other", b}}));
  return rewriter.finish({y});
}

// Outside training the slope of rrelu is the middle of its range.
template <std::size_t outputs>
Status rewrite_rrelu(const Operands& operands, Rewriter& rewriter) {
  if (operands.flag("training")) return input_error("the model is not exported for inference");
  const double slope = (operands.number("lower") + operands.number("upper")) / 2;
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::leaky_relu.default", {{"self", operands.value("self")}, {"negative_slope", slope}}));
  return rewriter.finish(outputs == 1 ? ir::ValueList{y} : ir::ValueList{y, operands.value("noise")});
}

}  // namespace

void add_gate(Registry& registry) {
  registry.add({.op = "aten::prelu.default",
                .schema = schema("Tensor self, Tensor weight"),
                .summary = "y = x > 0 ? x : weight[c] · x",
                .constraints = {{"there is one weight, or one per channel", one_weight_per_channel}},
                .infer = [](const Operands& operands) -> Types {
                  return one(operands.real_dtype("self"), operands.shape("self"));
                },
                .evaluate = evaluate_prelu,
                .quantization = observed(),
                .float_form = prelu_in_float});
  registry.add({.op = "aten::glu.default",
                .schema = schema("Tensor self, int dim=-1"),
                .summary = "y = a / (1 + e^−b), a and b the halves of x",
                .infer = infer_glu,
                .evaluate = evaluate_glu,
                .quantization = observed(),
                .float_kernel = "aten::glu.out"});
  registry.add(composition(
      "aten::rrelu.default",
      "Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, any? generator=None",
      "y = x > 0 ? x : (lower + upper) / 2 · x", rewrite_rrelu<1>));
  registry.add(composition<2>("aten::rrelu_with_noise_functional.default",
                              "Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool "
                              "training=False, any? generator=None",
                              "y = x > 0 ? x : (lower + upper) / 2 · x", rewrite_rrelu<2>));
  registry.set_rewrite({"aten::prelu.default"}, rewrite_prelu);
  registry.set_rewrite({"aten::glu.default"}, rewrite_glu);
}

}  // namespace cortado::ops
