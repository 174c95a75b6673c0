// Batch normalisation by stored statistics. Normalisation folds it into the layer before, or makes a depthwise layer.
#include <cmath>

#include "ops/host/rows.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

std::vector<Constraint> constraints(bool checks_training) {
  std::vector<Constraint> list = {
      {"the input has rank 2 or more", [](const Operands& o) { return o.shape("input").size() >= 2; }},
      {"mean and variance are stored, one number per channel",
       [](const Operands& o) {
         for (std::string_view name : {"running_mean", "running_var"})
           if (!o.has(name) || o.shape(name) != ir::Shape{o.shape("input")[1]}) return false;
         return true;
       }},
      {"weight and bias have one number per channel", [](const Operands& o) {
         for (std::string_view name : {"weight", "bias"})
           if (o.has(name) && o.shape(name) != ir::Shape{o.shape("input")[1]}) return false;
         return true;
       }}};
  if (checks_training)
    list.push_back({"the model is exported for inference: batch normalisation is not training",
                    [](const Operands& o) { return !o.flag("training"); }});
  return list;
}

// y = x · s + t with s = weight / √(variance + eps), t = bias − mean · s
ir::Tensor normalised(const Operands& operands, const Environment& environment) {
  const ir::Tensor x = operand(operands, environment, "input", DType::f32);
  const auto parameter = [&](std::string_view name, double otherwise) {
    const ir::Value* value = operands.value(name);
    return [tensor = value != nullptr ? environment.at(*value) : ir::Tensor(), otherwise,
            given = value != nullptr](std::int64_t c) { return given ? tensor.as_double(c) : otherwise; };
  };
  const auto weight = parameter("weight", 1);
  const auto bias = parameter("bias", 0);
  const auto mean = parameter("running_mean", 0);
  const auto variance = parameter("running_var", 1);
  const DimensionRows rows(x.shape(), 1);
  ir::Tensor y(DType::f32, x.shape());
  float* to = y.mutable_data<float>();
  for (std::int64_t o = 0; o < rows.outer; ++o)
    for (std::int64_t c = 0; c < rows.length; ++c) {
      const double scale = weight(c) / std::sqrt(variance(c) + operands.number("eps"));
      const auto s = static_cast<float>(scale);
      const auto t = static_cast<float>(bias(c) - mean(c) * scale);
      const std::int64_t first = (o * rows.length + c) * rows.inner;
      for (std::int64_t i = first; i < first + rows.inner; ++i) to[i] = x.data<float>()[i] * s + t;
    }
  return y;
}

// `extra` empty tensors follow: the statistics that only training uses.
template <std::size_t extra>
Types infer_normalised(const Operands& operands) {
  std::vector<ir::Type> types = {plain(operands.real_dtype("input"), operands.shape("input"))};
  types.insert(types.end(), extra, plain(DType::f32, {0}));
  return types;
}

template <std::size_t extra>
Tensors evaluate_normalised(const Operands& operands, const Environment& environment) {
  std::vector<ir::Tensor> results = {cast(normalised(operands, environment), operands.real_dtype("input"))};
  results.insert(results.end(), extra, ir::Tensor(DType::f32, {0}));
  return results;
}

template <std::size_t extra>
Definition definition(std::string_view op, std::string_view parameters, bool checks_training,
                      std::string_view kernel = "") {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y = (x − mean) / √(variance + eps) · weight + bias, by stored statistics",
          .constraints = constraints(checks_training),
          .infer = infer_normalised<extra>,
          .evaluate = evaluate_normalised<extra>,
          .quantization = observed(),
          .float_kernel = kernel};
}

}  // namespace

void add_batch_norm(Registry& r) {
  // clang-format off: one line, one operator
  r.add(definition<0>("aten::batch_norm.default", "Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled", true));
  r.add(definition<2>("aten::native_batch_norm.default", "Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps", true));
  r.add(definition<2>("aten::_native_batch_norm_legit_no_training.default", "Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps", false, "aten::_native_batch_norm_legit_no_training.out"));
  // clang-format on
}

}  // namespace cortado::ops
