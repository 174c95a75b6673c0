// Normalisations by statistics of the input itself: over trailing dimensions, groups of channels, or single channels.
#include <cmath>

#include "ops/float_norms/contract.h"
#include "ops/host/formula.h"
#include "ops/int8_norm/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// y = (x − mean) / √(variance + eps), over `rows` runs of `count` neighbouring elements.
struct Normalised {
  ir::Tensor y;
  std::vector<double> mean, inverse_deviation;  // one per row
};

Normalised normalise_rows(const ir::Tensor& x, std::int64_t rows, std::int64_t count, double eps, bool centred = true) {
  Normalised n{ir::Tensor(DType::f32, x.shape()), {}, {}};
  float* to = n.y.mutable_data<float>();
  for (std::int64_t r = 0; r < rows; ++r, to += count) {
    const float* row = x.data<float>() + r * count;
    double sum = 0;
    for (std::int64_t i = 0; centred && i < count; ++i) sum += row[i];
    const double mean = sum / static_cast<double>(count);
    double squares = 0;
    for (std::int64_t i = 0; i < count; ++i) squares += (row[i] - mean) * (row[i] - mean);
    const double inverse = 1 / std::sqrt(squares / static_cast<double>(count) + eps);
    for (std::int64_t i = 0; i < count; ++i) to[i] = static_cast<float>((row[i] - mean) * inverse);
    n.mean.push_back(mean);
    n.inverse_deviation.push_back(inverse);
  }
  return n;
}

// y[i] = y[i] · weight[(i / inner) mod length] + bias[…]; absent ones are 1 and 0.
void scale_and_shift(const Operands& operands, const Environment& environment, std::int64_t inner, ir::Tensor& y) {
  float* to = y.mutable_data<float>();
  for (const bool is_weight : {true, false}) {
    const std::string_view name = is_weight ? "weight" : "bias";
    if (operands.value(name) == nullptr) continue;
    const ir::Tensor factor = operand(operands, environment, name, DType::f32);
    const std::int64_t length = factor.elements();
    for (std::int64_t i = 0; i < y.elements(); ++i) {
      const float f = factor.data<float>()[(i / inner) % length];
      to[i] = is_weight ? to[i] * f : to[i] + f;
    }
  }
}

bool parameters_have(const Operands& operands, std::int64_t length) {
  for (std::string_view name : {"weight", "bias"})
    if (const ir::Value* value = operands.value(name);
        value != nullptr && ir::element_count(value->type.shape) != length)
      return false;
  return length > 0;
}

ir::Tensor statistic(const std::vector<double>& values, const ir::Shape& shape) {
  ir::Tensor tensor(DType::f32, shape);
  for (std::size_t i = 0; i < values.size(); ++i) tensor.mutable_data<float>()[i] = static_cast<float>(values[i]);
  return tensor;
}

// --- layer_norm, rms_norm: over the trailing dimensions `normalized_shape`
Result<std::int64_t> trailing_count(const Operands& operands) {
  const ir::Shape& x = operands.shape("input");
  const ir::Shape wanted = operands.integers("normalized_shape");
  if (wanted.empty() || wanted.size() > x.size() || !std::equal(wanted.rbegin(), wanted.rend(), x.rbegin()))
    return input_error("the normalised shape is not the input's last dimensions");
  const std::int64_t count = ir::element_count(wanted);
  if (!parameters_have(operands, count)) return input_error("weight or bias do not have the normalised shape");
  return count;
}

// The input's shape with the normalised dimensions of size 1: that of the statistics.
ir::Shape leading_shape(const Operands& operands) {
  ir::Shape shape = operands.shape("input");
  for (std::size_t i = 0; i < operands.integers("normalized_shape").size(); ++i) shape[shape.size() - 1 - i] = 1;
  return shape;
}

template <bool with_statistics>
Types infer_layer(const Operands& operands) {
  CORTADO_TRY(const std::int64_t count, trailing_count(operands));
  static_cast<void>(count);
  const DType dtype = operands.real_dtype("input");
  std::vector<ir::Type> types = {plain(dtype, operands.shape("input"))};
  if (with_statistics) types.insert(types.end(), 2, plain(DType::f32, leading_shape(operands)));
  return types;
}

template <bool with_statistics, bool centred>
Tensors evaluate_layer(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const std::int64_t count, trailing_count(operands));
  const ir::Tensor x = operand(operands, environment, "input", DType::f32);
  const double eps = operands.has("eps") ? operands.number("eps") : 0x1p-23;  // rms_norm: the step of f32 at 1
  Normalised n = normalise_rows(x, x.elements() / count, count, eps, centred);
  scale_and_shift(operands, environment, 1, n.y);
  std::vector<ir::Tensor> results = {cast(n.y, operands.real_dtype("input"))};
  if (with_statistics) {
    results.push_back(statistic(n.mean, leading_shape(operands)));
    results.push_back(statistic(n.inverse_deviation, leading_shape(operands)));
  }
  return results;
}

// --- group_norm: over groups of channels; instance_norm is as many groups as channels
Result<std::int64_t> groups_of(const Operands& operands) {
  const ir::Shape& x = operands.shape("input");
  if (x.size() < 2) return input_error("the input must have rank 2 or more");
  const std::int64_t groups = operands.has("num_groups") ? operands.integer("num_groups")
                              : operands.has("group")    ? operands.integer("group")
                                                         : x[1];
  if (groups < 1 || x[1] % groups != 0 || ir::element_count(x) == 0)
    return input_error("the groups do not divide the channels");
  if (!parameters_have(operands, x[1])) return input_error("weight or bias do not have one number per channel");
  return groups;
}

template <bool with_statistics>
Types infer_group(const Operands& operands) {
  CORTADO_TRY(const std::int64_t groups, groups_of(operands));
  std::vector<ir::Type> types = {plain(operands.real_dtype("input"), operands.shape("input"))};
  if (with_statistics) types.insert(types.end(), 2, plain(DType::f32, {operands.shape("input")[0], groups}));
  return types;
}

template <bool with_statistics>
Tensors evaluate_group(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const std::int64_t groups, groups_of(operands));
  const ir::Tensor x = operand(operands, environment, "input", DType::f32);
  const std::int64_t rows = x.shape()[0] * groups;
  Normalised n = normalise_rows(x, rows, x.elements() / rows, operands.number("eps"));
  scale_and_shift(operands, environment, x.elements() / (x.shape()[0] * x.shape()[1]), n.y);
  std::vector<ir::Tensor> results = {cast(n.y, operands.real_dtype("input"))};
  if (with_statistics) {
    results.push_back(statistic(n.mean, {x.shape()[0], groups}));
    results.push_back(statistic(n.inverse_deviation, {x.shape()[0], groups}));
  }
  return results;
}

// --- _native_batch_norm_legit.no_stats: over a channel of the whole batch
Types infer_batch(const Operands& operands) {
  const ir::Shape& x = operands.shape("input");
  if (x.size() < 2 || ir::element_count(x) == 0 || !parameters_have(operands, x[1]))
    return input_error("the input must have rank 2 or more, weight and bias one number per channel");
  return std::vector{plain(operands.real_dtype("input"), x), plain(DType::f32, {x[1]}), plain(DType::f32, {x[1]})};
}

Tensors evaluate_batch(const Operands& operands, const Environment& environment) {
  const ir::Tensor x = operand(operands, environment, "input", DType::f32);
  const ir::Shape merged = {x.shape()[0], x.shape()[1], x.elements() / (x.shape()[0] * x.shape()[1])};
  const std::vector<std::int64_t> swap = {1, 0, 2};
  Normalised n =
      normalise_rows(ir::permuted(x.reshaped(merged), swap), merged[1], merged[0] * merged[2], operands.number("eps"));
  ir::Tensor y = ir::permuted(n.y, swap).reshaped(x.shape());
  scale_and_shift(operands, environment, merged[2], y);
  return std::vector{cast(y, operands.real_dtype("input")), statistic(n.mean, {merged[1]}),
                     statistic(n.inverse_deviation, {merged[1]})};
}

Definition definition(std::string_view op, std::string_view parameters, std::string_view summary,
                      std::string_view kernel, Types (*infer)(const Operands&),
                      Tensors (*evaluate)(const Operands&, const Environment&)) {
  Definition d = {.op = op,
                  .schema = schema(parameters),
                  .summary = summary,
                  .infer = infer,
                  .evaluate = evaluate,
                  .quantization = observed(),
                  .float_kernel = kernel};
  d.quantization.keeps_constants = true;
  return d;
}

Definition with_int8(Definition definition, Status (*lower)(const Operands&, Lowering&),
                     Status (*call)(const Operands&, Lowering&)) {
  definition.lower = lower;
  definition.lower_float = call;
  return definition;
}

// The forms with one result have an int8 operator, and ExecuTorch's float operators are the native forms, with
// statistics that nobody reads.
Status call_native(const Operands& operands, Lowering& lowering, const char* op,
                   std::vector<ir::NamedArgument> arguments, ir::Shape statistics) {
  ir::Node* node = lowering.emit(
      op, std::move(arguments), {operands.output_type(), plain(DType::f32, statistics), plain(DType::f32, statistics)});
  lowering.replace(*node->outputs[0]);
  return {};
}

bool has_statistics_users(const Operands& operands, const ir::Graph& graph) {
  const auto& outputs = operands.node().outputs;
  return graph.use_count(*outputs[1]) != 0 || graph.use_count(*outputs[2]) != 0;
}

Status lower_layer(const Operands& operands, Lowering& lowering) {
  CORTADO_TRY(const std::int64_t count, trailing_count(operands));
  return int8_norm::lower(operands, {count, 1, count}, lowering);
}

std::vector<ir::NamedArgument> arguments_of(const Operands& operands, std::initializer_list<const char*> names) {
  std::vector<ir::NamedArgument> arguments;
  for (const char* name : names) arguments.push_back({name, operands.argument(name)});
  return arguments;
}

std::vector<ir::NamedArgument> layer_arguments(const Operands& operands) {
  return arguments_of(operands, {"input", "normalized_shape", "weight", "bias", "eps"});
}

Status call_layer(const Operands& operands, Lowering& lowering) {
  return call_native(operands, lowering, LayerNormArgs::name, layer_arguments(operands), leading_shape(operands));
}

Status rewrite_native_layer_norm(const Operands& operands, Rewriter& rewriter) {
  if (has_statistics_users(operands, rewriter.graph())) return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::layer_norm.default", layer_arguments(operands)));
  return rewriter.finish({y, nullptr, nullptr});
}

std::int64_t inner_count(const ir::Shape& x) { return ir::element_count({x.begin() + 2, x.end()}); }

Status lower_groups(const Operands& operands, Lowering& lowering) {
  CORTADO_TRY(const std::int64_t groups, groups_of(operands));
  const ir::Shape& x = operands.shape("input");
  return int8_norm::lower(operands, {x[1] / groups * inner_count(x), inner_count(x), x[1]}, lowering);
}

Status call_groups(const Operands& operands, Lowering& lowering) {
  CORTADO_TRY(const std::int64_t groups, groups_of(operands));
  const ir::Shape& x = operands.shape("input");
  std::vector<ir::NamedArgument> arguments = arguments_of(operands, {"input", "weight", "bias"});
  arguments.insert(
      arguments.end(),
      {{"N", x[0]}, {"C", x[1]}, {"HxW", inner_count(x)}, {"group", groups}, {"eps", operands.number("eps")}});
  return call_native(operands, lowering, GroupNormArgs::name, std::move(arguments), {x[0], groups});
}

// As group_norm, of so many groups.
Result<ir::Value*> add_group_norm(const Operands& operands, ir::Argument groups, Rewriter& rewriter) {
  std::vector<ir::NamedArgument> arguments = arguments_of(operands, {"input", "weight", "bias", "eps"});
  arguments.insert(arguments.begin() + 1, {"num_groups", std::move(groups)});
  return rewriter.add("aten::group_norm.default", std::move(arguments));
}

Status rewrite_native_group_norm(const Operands& operands, Rewriter& rewriter) {
  if (has_statistics_users(operands, rewriter.graph())) return {};
  CORTADO_TRY(ir::Value* y, add_group_norm(operands, operands.argument("group"), rewriter));
  return rewriter.finish({y, nullptr, nullptr});
}

// x · rsqrt(mean of x² + eps) · weight
Status rewrite_rms_norm(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("input");
  if (x->type.dtype != DType::f32) return {};
  std::vector<std::int64_t> dims;
  for (std::size_t i = x->type.shape.size() - operands.integers("normalized_shape").size(); i < x->type.shape.size();
       ++i)
    dims.push_back(static_cast<std::int64_t>(i));
  Formula f(rewriter);
  ir::Value* mean = f("mean.dim", f.mul(x, x), {dims, true});
  ir::Value* y = f.mul(x, f("rsqrt.default", f.add(mean, operands.has("eps") ? operands.number("eps") : 0x1p-23)));
  ir::Value* weight = operands.value("weight");
  return f.finish(weight != nullptr ? f.mul(y, weight) : y);
}

// Instance normalisation has a group per channel; by stored statistics it is batch normalisation.
Status rewrite_instance_norm(const Operands& operands, Rewriter& rewriter) {
  if (!operands.flag("use_input_stats")) return {};
  CORTADO_TRY(ir::Value* y, add_group_norm(operands, operands.shape("input")[1], rewriter));
  return rewriter.finish({y});
}

}  // namespace

void add_norm(Registry& r) {
  const std::string_view equation = "y = (x − mean) / √(variance + eps) · weight + bias";
  // clang-format off: one line, one operator
  r.add(with_int8(definition("aten::layer_norm.default", "Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True", equation, "aten::native_layer_norm.out", infer_layer<false>, evaluate_layer<false, true>), lower_layer, call_layer));
  r.add(definition("aten::native_layer_norm.default", "Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps", equation, "aten::native_layer_norm.out", infer_layer<true>, evaluate_layer<true, true>));
  r.add(definition("aten::rms_norm.default", "Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None", "y = x / √(mean of x² + eps) · weight", "", infer_layer<false>, evaluate_layer<false, false>));
  r.add(with_int8(definition("aten::group_norm.default", "Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True", equation, "aten::native_group_norm.out", infer_group<false>, evaluate_group<false>), lower_groups, call_groups));
  r.add(definition("aten::native_group_norm.default", "Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps", equation, "aten::native_group_norm.out", infer_group<true>, evaluate_group<true>));
  r.add(definition("aten::_native_batch_norm_legit.no_stats", "Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps", equation, "aten::_native_batch_norm_legit.no_stats_out", infer_batch, evaluate_batch));
  Definition instance = definition("aten::instance_norm.default", "Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled", equation, "", infer_group<false>, evaluate_group<false>);
  // clang-format on
  instance.constraints = {
      {"the statistics are the input's own", [](const Operands& o) { return o.flag("use_input_stats"); }}};
  r.add(std::move(instance));
  r.set_rewrite({"aten::native_layer_norm.default"}, rewrite_native_layer_norm);
  r.set_rewrite({"aten::rms_norm.default"}, rewrite_rms_norm);
  r.set_rewrite({"aten::native_group_norm.default"}, rewrite_native_group_norm);
  r.set_rewrite({"aten::instance_norm.default"}, rewrite_instance_norm);
}

}  // namespace cortado::ops
