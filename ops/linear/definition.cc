#include "ops/linear/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Result<std::vector<ir::Type>> infer(const Operands& operands) {
  ir::Type type = operands.type("input");
  type.shape.back() = operands.type("weight").shape[0];
  return std::vector{ir::Type{type.dtype, type.shape, {}, {}}};
}

// y[n, o] = bias[o] + Σ_i x[n, i] · w[o, i]
Result<std::vector<ir::Tensor>> evaluate(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("input"));
  const ir::Tensor& w = environment.at(*operands.value("weight"));
  const ir::Value* bias = operands.value("bias");
  const std::int64_t out = w.shape()[0];
  const std::int64_t in = w.shape()[1];
  ir::Shape shape = x.shape();
  shape.back() = out;
  ir::Tensor y(DType::f32, shape);
  float* to = y.mutable_data<float>();
  for (std::int64_t n = 0; n < x.elements() / in; ++n)
    for (std::int64_t o = 0; o < out; ++o) {
      double sum = bias != nullptr ? environment.at(*bias).data<float>()[o] : 0.0f;
      for (std::int64_t i = 0; i < in; ++i)
        sum += static_cast<double>(x.data<float>()[n * in + i]) * w.data<float>()[o * in + i];
      to[n * out + o] = static_cast<float>(sum);
    }
  return std::vector{std::move(y)};
}

}  // namespace

void add_linear(Registry& registry) {
  registry.add(Definition{
      .op = "aten::linear.default",
      .schema = {{"input"}, {"weight"}, {"bias", ir::None{}}},
      .summary = "y = x · wᵀ + bias",
      .constraints = {{"the weight has rank 2",
                       [](const Operands& o) { return o.type("weight").shape.size() == 2; }}},
      .infer = infer,
      .evaluate = evaluate,
      .quantization = {.output = OutputRule::observed,
                       .weight = "weight",
                       .weight_per_channel = false,
                       .bias = "bias",
                       .channel_axis = -1,
                       .accepts_activation = true},
      .lower = linear::lower,
      .float_kernel = "aten::linear.out",
  });
}

}  // namespace cortado::ops
