#include "ops/host/build.h"
#include "ops/host/onednn.h"
#include "ops/linear/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Types infer(const Operands& operands) {
  ir::Shape shape = operands.shape("input");
  shape.pop_back();
  if (operands.shape("weight").size() == 2) shape.push_back(operands.shape("weight")[0]);
  return one(operands.real_dtype("input"), std::move(shape));
}

// A weight of rank 1 is one output without a dimension of its own.
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer(operands));
  const ir::Tensor x = operand(operands, environment, "input", DType::f32);
  const ir::Tensor w = operand(operands, environment, "weight", DType::f32);
  const std::int64_t in = w.shape().back();
  const std::int64_t out = w.rank() == 2 ? w.shape()[0] : 1;
  ir::Tensor y(DType::f32, types[0].shape);
  if (y.elements() == 0) return one(std::move(y));
  float* to = y.mutable_data<float>();
  multiply_matrices(y.elements() / out, out, in, x.data<float>(), w.data<float>(), true, to);
  if (operands.has("bias")) {
    const ir::Tensor bias = operand(operands, environment, "bias", DType::f32);
    for (std::int64_t i = 0; i < y.elements(); ++i) to[i] += bias.data<float>()[i % out];
  }
  return one(cast(y, types[0].dtype));
}

std::vector<Constraint> constraints() {
  return {{"the weight has rank 1 or 2, the input rank 1 or more",
           [](const Operands& o) {
             const std::size_t rank = o.shape("weight").size();
             return (rank == 1 || rank == 2) && !o.shape("input").empty();
           }},
          {"the input's last dimension is the weight's",
           [](const Operands& o) { return o.shape("input").back() == o.shape("weight").back(); }},
          {"the bias has one number per output", [](const Operands& o) {
             if (!o.has("bias")) return true;
             const ir::Shape& weight = o.shape("weight");
             return ir::element_count(o.shape("bias")) == (weight.size() == 2 ? weight[0] : 1);
           }}};
}

}  // namespace

void add_linear(Registry& registry) {
  registry.add(Definition{
      .op = "aten::linear.default",
      .schema = schema("Tensor input, Tensor weight, Tensor? bias=None"),
      .summary = "y = x · wᵀ + bias",
      .constraints = constraints(),
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
