#include "zoo/builder.h"

#include <algorithm>
#include <cmath>

namespace cortado::zoo {
namespace {

using Sizes = std::vector<std::int64_t>;

// A parameter's name as an identifier of the graph.
std::string identifier(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

// What batch norm and linear layers deviate from their usual 1 and 0, when made up.
constexpr double usual_spread = 0.15;

// Made-up weights keep the power of what they multiply.
MadeUp keeping_power(std::int64_t products) { return {0, 1 / std::sqrt(static_cast<double>(products))}; }

struct ActivationForm {
  const char* op;
  std::vector<ir::NamedArgument> limits;
  double power;  // of the result, for a standard normal input
};
ActivationForm form_of(Activation kind) {
  switch (kind) {
    case Activation::relu6: return {"hardtanh.default", {{"min_val", 0.0}, {"max_val", 6.0}}, 0.5};
    case Activation::hardswish: return {"hardswish.default", {}, 0.35};
    case Activation::hardsigmoid: return {"hardsigmoid.default", {}, 0.28};
    default: return {"relu.default", {}, 0.5};
  }
}

ir::Shape broadcast(const ir::Shape& a, const ir::Shape& b) {
  ir::Shape shape = a.size() >= b.size() ? a : b;
  const ir::Shape& other = a.size() >= b.size() ? b : a;
  const std::size_t offset = shape.size() - other.size();
  for (std::size_t i = 0; i < other.size(); ++i) shape[offset + i] = std::max(shape[offset + i], other[i]);
  return shape;
}

}  // namespace

ir::Value* Builder::input(const std::string& name, ir::Shape shape) {
  ir::Value* value = graph_.add_input(name, ir::Type{DType::f32, std::move(shape), {}, {}});
  power_[value] = 1;
  return value;
}

ir::Value* Builder::parameter(const std::string& name, const ir::Shape& shape, const MadeUp& made_up) {
  return graph_.add_constant(identifier(name), weights_.take(name, shape, made_up), name);
}

ir::Value* Builder::append(const std::string& op, const std::string& name, std::vector<ir::NamedArgument> arguments,
                           ir::Shape shape, const std::string& module, double power) {
  ir::Source source;
  source.module = module;
  ir::Node* node = graph_.append("aten::" + op, identifier(name), std::move(arguments),
                                 {ir::Type{DType::f32, std::move(shape), {}, {}}}, std::move(source));
  power_[node->outputs[0]] = power;
  return node->outputs[0];
}

// A convolution pads alike on all sides: what TensorFlow pads otherwise becomes an operator before it.
ir::Value* Builder::pad_as_tensorflow(ir::Value* x, const std::string& module, const Conv& conv,
                                      std::int64_t& padding) {
  const ir::Shape in = x->type.shape;
  const auto missing = [&](std::int64_t size) {
    return std::max<std::int64_t>(((size + conv.stride - 1) / conv.stride - 1) * conv.stride + conv.kernel - size, 0);
  };
  const std::int64_t rows = missing(in[2]), columns = missing(in[3]);
  padding = rows / 2;
  if (rows == columns && rows % 2 == 0) return x;
  padding = 0;
  const Sizes pads = {columns / 2, columns - columns / 2, rows / 2, rows - rows / 2};
  return append("pad.default", module + "_pad", {{"self", x}, {"pad", pads}},
                {in[0], in[1], in[2] + rows, in[3] + columns}, module, power(x));
}

ir::Value* Builder::conv2d(ir::Value* x, const std::string& module, const Conv& conv) {
  std::int64_t padding = conv.padding;
  if (conv.same_padding) x = pad_as_tensorflow(x, module, conv, padding);
  const ir::Shape in = x->type.shape;
  const auto outputs = [&](std::int64_t size) { return (size + 2 * padding - conv.kernel) / conv.stride + 1; };
  const std::int64_t per_group = in[1] / conv.groups;
  ir::Value* weight = parameter(module + ".weight", {conv.channels, per_group, conv.kernel, conv.kernel},
                                keeping_power(per_group * conv.kernel * conv.kernel));
  std::vector<ir::NamedArgument> arguments = {{"input", x}, {"weight", weight}};
  ir::Argument bias;  // none
  if (conv.bias) bias = parameter(module + ".bias", {conv.channels}, {0, usual_spread});
  arguments.push_back({"bias", bias});
  arguments.insert(arguments.end(), {{"stride", Sizes{conv.stride, conv.stride}},
                                     {"padding", Sizes{padding, padding}},
                                     {"dilation", Sizes{1, 1}},
                                     {"groups", conv.groups}});
  return append("conv2d.default", module, std::move(arguments), {in[0], conv.channels, outputs(in[2]), outputs(in[3])},
                module, power(x));
}

ir::Value* Builder::batch_norm(ir::Value* x, const std::string& module, double epsilon) {
  const ir::Shape channels = {x->type.shape[1]};
  const double variance = power(x);
  ir::Value* weight = parameter(module + ".weight", channels, {1, usual_spread});
  ir::Value* bias = parameter(module + ".bias", channels, {0, usual_spread});
  ir::Value* mean = parameter(module + ".running_mean", channels, {0, usual_spread * std::sqrt(variance)});
  ir::Value* running_var = parameter(module + ".running_var", channels, {variance, usual_spread * variance});
  return append("batch_norm.default", module,
                {{"input", x},
                 {"weight", weight},
                 {"bias", bias},
                 {"running_mean", mean},
                 {"running_var", running_var},
                 {"training", false},
                 {"momentum", 0.1},
                 {"eps", epsilon},
                 {"cudnn_enabled", false}},
                x->type.shape, module, 1);
}

ir::Value* Builder::activation(ir::Value* x, const std::string& module, Activation kind) {
  if (kind == Activation::none) return x;
  ActivationForm form = form_of(kind);
  form.limits.insert(form.limits.begin(), {"self", x});
  return append(form.op, module, std::move(form.limits), x->type.shape, module, form.power);
}

ir::Value* Builder::linear(ir::Value* x, const std::string& module, std::int64_t features) {
  const ir::Shape in = x->type.shape;
  ir::Value* weight = parameter(module + ".weight", {features, in[1]}, keeping_power(in[1]));
  ir::Value* bias = parameter(module + ".bias", {features}, {0, usual_spread});
  return append("linear.default", module, {{"input", x}, {"weight", weight}, {"bias", bias}}, {in[0], features}, module,
                power(x));
}

ir::Value* Builder::average_pool(ir::Value* x, const std::string& module) {
  const ir::Shape in = x->type.shape;
  return append("adaptive_avg_pool2d.default", module, {{"self", x}, {"output_size", Sizes{1, 1}}},
                {in[0], in[1], 1, 1}, module, 0.4 * power(x));
}

ir::Value* Builder::flatten(ir::Value* x) {
  const ir::Shape in = x->type.shape;
  return append("flatten.using_ints", "flatten", {{"self", x}, {"start_dim", std::int64_t{1}}},
                {in[0], ir::element_count(in) / in[0]}, "", power(x));
}

ir::Value* Builder::binary(const std::string& op, const std::string& name, ir::Value* a, ir::Value* b) {
  const double together = op == "mul.Tensor" ? power(a) * power(b) : power(a) + power(b);
  return append(op, name, {{"self", a}, {"other", b}}, broadcast(a->type.shape, b->type.shape), "", together);
}

Result<ir::Graph> Builder::finish(const std::vector<ir::Value*>& outputs) {
  CORTADO_CHECK(weights_.status());
  for (std::size_t i = 0; i < outputs.size(); ++i) graph_.add_output(*outputs[i], "output_" + std::to_string(i));
  return std::move(graph_);
}

}  // namespace cortado::zoo
