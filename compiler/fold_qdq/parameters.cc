#include "compiler/fold_qdq/parameters.h"

#include <cmath>
#include <limits>

#include "ops/infer.h"

namespace cortado::compiler {
namespace {

constexpr std::string_view quantize_op = "quantized_decomposed::quantize_per_tensor.default";
constexpr std::string_view dequantize_op = "quantized_decomposed::dequantize_per_tensor.default";

bool is_per_channel(const ir::Node& node) { return node.op.find("_per_channel.") != std::string::npos; }

ir::Value* tensor(const ir::Node& node, std::string_view name) {
  const ir::Argument* argument = node.find(name);
  const auto* value = argument == nullptr ? nullptr : std::get_if<ir::Value*>(argument);
  return value == nullptr ? nullptr : *value;
}

// A number, or the elements of a constant tensor; nullopt when it is neither.
std::optional<std::vector<double>> numbers(const ir::Node& node, std::string_view name) {
  const ir::Argument* argument = node.find(name);
  if (argument == nullptr) return std::nullopt;
  if (const auto* number = std::get_if<double>(argument)) return std::vector{*number};
  if (const auto* integer = std::get_if<std::int64_t>(argument)) return std::vector{static_cast<double>(*integer)};
  const auto* value = std::get_if<ir::Value*>(argument);
  if (value == nullptr || *value == nullptr || (*value)->kind != ir::ValueKind::constant) return std::nullopt;
  const ir::Tensor& data = (*value)->data;
  std::vector<double> list;
  for (std::int64_t i = 0; i < data.elements(); ++i) list.push_back(data.as_double(i));
  return list;
}

std::optional<std::int64_t> integer(const ir::Node& node, std::string_view name) {
  const auto list = numbers(node, name);
  if (!list || list->size() != 1 || !(std::abs((*list)[0]) < 0x1p53)) return std::nullopt;
  return static_cast<std::int64_t>((*list)[0]);
}

struct Limits {
  std::int64_t low, high;
};

std::optional<Limits> limits(DType dtype) {
  switch (dtype) {
    case DType::u8: return Limits{0, 255};
    case DType::i8: return Limits{-128, 127};
    case DType::i16: return Limits{INT16_MIN, INT16_MAX};
    case DType::i32: return Limits{INT32_MIN, INT32_MAX};
    default: return std::nullopt;
  }
}

Status read_scales(const ir::Node& node, ir::Quantization& quantization) {
  const bool per_channel = is_per_channel(node);
  const auto scales = numbers(node, per_channel ? "scales" : "scale");
  auto zero_points = numbers(node, per_channel ? "zero_points" : "zero_point");
  if (!scales)
    return input_error("its scales are not constants: dynamic quantization is not supported",
                       "quantize the model statically, or give the float model and calibration data");
  if (!zero_points && per_channel && (node.find("zero_points") == nullptr || node.find("zero_points")->is_none()))
    zero_points.emplace(scales->size(), 0.0);
  if (!zero_points) return input_error("its zero points are not constants");
  if (scales->size() != zero_points->size()) return input_error("its scales and zero points differ in number");
  for (std::size_t i = 0; i < scales->size(); ++i) {
    const double scale = (*scales)[i];
    const double zero_point = (*zero_points)[i];
    if (!std::isfinite(scale) || scale <= 0) return input_error("a scale is not above zero");
    if (!(std::abs(zero_point) <= INT32_MAX)) return input_error("a zero point does not fit 32 bits");
    quantization.scale.push_back(scale);
    quantization.zero_point.push_back(static_cast<std::int32_t>(zero_point));
  }
  return {};
}

Status read_axis(const ir::Node& node, ir::Quantization& quantization) {
  if (!is_per_channel(node)) {
    if (quantization.scale.size() != 1) return input_error("it has several scales for one tensor");
    return {};
  }
  const ir::Value* input = qdq_input(node);
  const auto rank = static_cast<std::int64_t>(input->type.shape.size());
  const auto axis = integer(node, "axis");
  if (!axis || *axis < -rank || *axis >= rank) return input_error("its axis is not one of the tensor's");
  quantization.axis = static_cast<int>(*axis < 0 ? *axis + rank : *axis);
  if (static_cast<std::int64_t>(quantization.scale.size()) !=
      input->type.shape[static_cast<std::size_t>(quantization.axis)])
    return input_error("it has not one scale per channel");
  return {};
}

Result<QdqParameters> read(const ir::Node& node) {
  if (qdq_input(node) == nullptr) return input_error("it has no input");
  QdqParameters parameters;
  CORTADO_CHECK(read_scales(node, parameters.quantization));
  CORTADO_CHECK(read_axis(node, parameters.quantization));
  const ir::Argument* dtype = node.find("dtype");
  if (dtype == nullptr || !std::holds_alternative<DType>(*dtype)) return input_error("it names no integer type");
  parameters.dtype = std::get<DType>(*dtype);
  const auto bounds = limits(parameters.dtype);
  const auto low = integer(node, "quant_min");
  const auto high = integer(node, "quant_max");
  if (!bounds || !low || !high || *low < bounds->low || *high > bounds->high || *low > *high)
    return input_error("its limits do not fit its integer type");
  parameters.quantization.quant_min = *low;
  parameters.quantization.quant_max = *high;
  return parameters;
}

std::vector<ir::NamedArgument> arguments(ir::Value& value, const ir::Quantization& quantization, DType dtype) {
  return {{"input", &value},
          {"scale", quantization.scale[0]},
          {"zero_point", std::int64_t{quantization.zero_point[0]}},
          {"quant_min", quantization.quant_min},
          {"quant_max", quantization.quant_max},
          {"dtype", dtype}};
}

ir::Source source_of(const ir::Value& value) {
  return value.producer != nullptr ? value.producer->source : ir::Source{};
}

}  // namespace

QdqKind qdq_kind(const ir::Node& node) {
  constexpr std::string_view space = "quantized_decomposed::";
  std::string_view op = node.op;
  if (!op.starts_with(space)) return QdqKind::none;
  op.remove_prefix(space.size());
  if (op.starts_with("quantize_per_tensor.") || op.starts_with("quantize_per_channel.")) return QdqKind::quantize;
  if (op.starts_with("dequantize_per_tensor.") || op.starts_with("dequantize_per_channel.")) return QdqKind::dequantize;
  return QdqKind::none;
}

ir::Value* qdq_input(const ir::Node& node) { return tensor(node, "input"); }

Result<QdqParameters> qdq_parameters(const ir::Node& node) {
  auto parameters = read(node);
  if (!parameters) return ops::at_node(std::move(parameters).error(), node);
  return parameters;
}

ir::Value* insert_quantize(ir::Graph& graph, const ir::Node* before, ir::Value& value,
                           const QdqParameters& parameters) {
  ir::Type type = value.type;
  type.dtype = parameters.dtype;
  type.quantization = parameters.quantization;
  return graph
      .insert(before, std::string(quantize_op), value.name + "_q",
              arguments(value, parameters.quantization, parameters.dtype), {type}, source_of(value))
      ->outputs[0];
}

ir::Value* insert_dequantize(ir::Graph& graph, const ir::Node* before, ir::Value& value) {
  ir::Type type = value.type;
  type.dtype = DType::f32;
  type.quantization.reset();
  return graph
      .insert(before, std::string(dequantize_op), value.name + "_dq",
              arguments(value, *value.type.quantization, value.type.dtype), {type}, source_of(value))
      ->outputs[0];
}

}  // namespace cortado::compiler
