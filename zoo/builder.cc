#include "zoo/builder.h"

#include <algorithm>

namespace cortado::zoo {
namespace {

using Sizes = std::vector<std::int64_t>;

// A parameter's name as an identifier of the graph.
std::string identifier(std::string name) {
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

}  // namespace

ir::Value* Builder::input(const std::string& name, ir::Shape shape) {
  return graph_.add_input(name, ir::Type{DType::f32, std::move(shape), {}, {}});
}

ir::Value* Builder::parameter(const std::string& name, const ir::Shape& shape) {
  auto tensor = weights_.get(name, shape);
  if (!tensor) {
    error_ = std::move(tensor).error();
    return nullptr;
  }
  return graph_.add_constant(identifier(name), std::move(tensor).value(), name);
}

ir::Value* Builder::append(const std::string& op, const std::string& name, std::vector<ir::NamedArgument> arguments,
                           ir::Shape shape, const std::string& module) {
  if (failed()) return nullptr;
  ir::Source source;
  source.module = module;
  ir::Node* node = graph_.append("aten::" + op, name, std::move(arguments),
                                 {ir::Type{DType::f32, std::move(shape), {}, {}}}, std::move(source));
  return node->outputs[0];
}

ir::Value* Builder::conv2d(ir::Value* x, const std::string& module, const Conv& conv) {
  if (failed()) return nullptr;
  const ir::Shape in = x->type.shape;
  std::int64_t padding = conv.padding;
  const auto outputs = [&](std::int64_t size) {
    return conv.same_padding ? (size + conv.stride - 1) / conv.stride
                             : (size + 2 * padding - conv.kernel) / conv.stride + 1;
  };
  const std::int64_t height = outputs(in[2]), width = outputs(in[3]);
  if (conv.same_padding) {
    const std::int64_t rows = std::max<std::int64_t>((height - 1) * conv.stride + conv.kernel - in[2], 0);
    const std::int64_t columns = std::max<std::int64_t>((width - 1) * conv.stride + conv.kernel - in[3], 0);
    padding = rows / 2;
    if (rows != columns || rows % 2 != 0) {  // a convolution pads alike on all sides: pad before it
      const Sizes pads = {columns / 2, columns - columns / 2, rows / 2, rows - rows / 2};
      x = append("pad.default", identifier(module) + "_pad", {{"self", x}, {"pad", pads}},
                 {in[0], in[1], in[2] + rows, in[3] + columns}, module);
      padding = 0;
    }
  }
  ir::Value* weight =
      parameter(module + ".weight", {conv.channels, in[1] / conv.groups, conv.kernel, conv.kernel});
  std::vector<ir::NamedArgument> arguments = {{"input", x}, {"weight", weight}};
  if (conv.bias) arguments.push_back({"bias", parameter(module + ".bias", {conv.channels})});
  arguments.insert(arguments.end(), {{"stride", Sizes{conv.stride, conv.stride}},
                                     {"padding", Sizes{padding, padding}},
                                     {"dilation", Sizes{1, 1}},
                                     {"groups", conv.groups}});
  return append("conv2d.default", identifier(module), std::move(arguments), {in[0], conv.channels, height, width},
                module);
}

ir::Value* Builder::batch_norm(ir::Value* x, const std::string& module, double epsilon) {
  if (failed()) return nullptr;
  const ir::Shape channels = {x->type.shape[1]};
  ir::Value* weight = parameter(module + ".weight", channels);
  ir::Value* bias = parameter(module + ".bias", channels);
  ir::Value* mean = parameter(module + ".running_mean", channels);
  ir::Value* variance = parameter(module + ".running_var", channels);
  return append("batch_norm.default", identifier(module),
                {{"input", x}, {"weight", weight}, {"bias", bias}, {"running_mean", mean}, {"running_var", variance},
                 {"training", false}, {"momentum", 0.1}, {"eps", epsilon}, {"cudnn_enabled", false}},
                x->type.shape, module);
}

ir::Value* Builder::relu6(ir::Value* x, const std::string& module) {
  if (failed()) return nullptr;
  return append("hardtanh.default", identifier(module), {{"self", x}, {"min_val", 0.0}, {"max_val", 6.0}},
                x->type.shape, module);
}

ir::Value* Builder::add(ir::Value* a, ir::Value* b, const std::string& module) {
  if (failed()) return nullptr;
  return append("add.Tensor", identifier(module) + "_add", {{"self", a}, {"other", b}}, a->type.shape, module);
}

ir::Value* Builder::global_average_pool(ir::Value* x) {
  if (failed()) return nullptr;
  const ir::Shape in = x->type.shape;
  ir::Value* pooled = append("adaptive_avg_pool2d.default", "pool", {{"self", x}, {"output_size", Sizes{1, 1}}},
                             {in[0], in[1], 1, 1}, "");
  return append("flatten.using_ints", "flatten", {{"self", pooled}, {"start_dim", std::int64_t{1}}}, {in[0], in[1]},
                "");
}

ir::Value* Builder::linear(ir::Value* x, const std::string& module, std::int64_t features) {
  if (failed()) return nullptr;
  const ir::Shape in = x->type.shape;
  ir::Value* weight = parameter(module + ".weight", {features, in[1]});
  ir::Value* bias = parameter(module + ".bias", {features});
  return append("linear.default", identifier(module), {{"input", x}, {"weight", weight}, {"bias", bias}},
                {in[0], features}, module);
}

Result<ir::Graph> Builder::finish(ir::Value* output) {
  if (failed()) return *std::move(error_);
  graph_.add_output(*output, "output_0");
  return std::move(graph_);
}

}  // namespace cortado::zoo
