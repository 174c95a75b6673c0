#include "compiler/calibrate/layer_columns.h"

#include <algorithm>

#include "compiler/quantize/rules.h"
#include "ops/operands.h"

namespace cortado::compiler {
namespace {

using Sizes = std::vector<std::int64_t>;

const ir::Value* constant_weight(const ir::Node& node, const ops::QuantizationRule& rule) {
  if (rule.weight.empty() || rule.bias.empty() || rule.weight_axis != 0) return nullptr;
  const ir::Argument* argument = node.find(rule.weight);
  const auto* value = argument != nullptr ? std::get_if<ir::Value*>(argument) : nullptr;
  const bool fits = value != nullptr && *value != nullptr && (*value)->kind == ir::ValueKind::constant &&
                    (*value)->type.dtype == DType::f32 && (*value)->type.elements() != 0;
  return fits ? *value : nullptr;
}

bool is_as_long(const Sizes& list, std::size_t count, std::int64_t lowest) {
  return list.size() == count && std::all_of(list.begin(), list.end(), [&](std::int64_t n) { return n >= lowest; });
}

bool read_windows(const ir::Node& node, const ops::Definition& definition, LayerColumns& layer) {
  const ops::Operands operands(node, definition.schema);
  const ir::Shape& x = layer.input->type.shape;
  const ir::Shape& w = layer.weight->type.shape;
  const ir::Shape& y = node.outputs[0]->type.shape;
  const std::size_t spatial = w.size() - 2;
  if (x.size() != w.size() || y.size() != w.size()) return false;
  layer.groups = operands.integer("groups");
  layer.in.assign(x.begin() + 2, x.end());
  layer.out.assign(y.begin() + 2, y.end());
  layer.kernel.assign(w.begin() + 2, w.end());
  layer.stride = operands.integers("stride", spatial);
  layer.padding = operands.integers("padding", spatial);
  layer.dilation = operands.integers("dilation", spatial);
  return layer.groups >= 1 && w[0] % layer.groups == 0 && w[1] * layer.groups == x[1] &&
         is_as_long(layer.stride, spatial, 1) && is_as_long(layer.padding, spatial, 0) &&
         is_as_long(layer.dilation, spatial, 1);
}

std::int64_t product(const Sizes& sizes) {
  std::int64_t result = 1;
  for (const std::int64_t size : sizes) result *= size;
  return result;
}

// The input's offset under kernel position `tap` at output position `at`, within one channel; −1 in the padding.
std::int64_t offset_of(const LayerColumns& layer, std::int64_t at, std::int64_t tap) {
  std::int64_t offset = 0, step = 1;
  for (std::size_t d = layer.in.size(); d-- > 0;) {
    const std::int64_t start = at % layer.out[d] * layer.stride[d] - layer.padding[d];
    const std::int64_t position = start + tap % layer.kernel[d] * layer.dilation[d];
    if (position < 0 || position >= layer.in[d]) return -1;
    offset += position * step;
    step *= layer.in[d];
    at /= layer.out[d];
    tap /= layer.kernel[d];
  }
  return offset;
}

// Positions first, first + step, …: the step is odd, so that it meets all columns of maps of even width.
struct Positions {
  std::int64_t first, step, count;
};
Positions positions_of(std::int64_t all, std::size_t sample, std::int64_t fewest) {
  constexpr std::int64_t usual_step = 16, most = 256;
  const std::int64_t step = std::max({std::min(usual_step, all / fewest), all / most, std::int64_t{1}}) | 1;
  if (step >= all) return {0, 1, std::min(all, fewest)};
  const std::int64_t first = static_cast<std::int64_t>(sample * 5 % static_cast<std::size_t>(step));
  return {first, step, (all - first + step - 1) / step};
}

}  // namespace

std::optional<LayerColumns> layer_columns(const ir::Node& node) {
  const ops::QuantizationRule* rule = int8_rule(node);
  LayerColumns layer;
  layer.weight = rule != nullptr ? constant_weight(node, *rule) : nullptr;
  if (layer.weight == nullptr) return std::nullopt;
  const std::vector<ir::Value*> inputs = data_inputs(node, *rule);
  if (inputs.size() != 1 || inputs[0]->type.elements() == 0) return std::nullopt;
  layer.input = inputs[0];
  layer.taps = layer.weight->type.elements() / layer.rows();
  if (rule->channel_axis == -1) {
    const bool fits = layer.weight->type.shape.size() == 2 && layer.input->type.shape.back() == layer.taps;
    return fits ? std::optional(layer) : std::nullopt;
  }
  if (rule->channel_axis != 1 || node.find("groups") == nullptr || layer.weight->type.shape.size() < 3)
    return std::nullopt;
  return read_windows(node, *ops::registry().find(node.op), layer) ? std::optional(layer) : std::nullopt;
}

std::int64_t gather_columns(const LayerColumns& layer, const ir::Tensor& input, std::size_t sample, std::int64_t fewest,
                            std::vector<float>& columns) {
  const bool is_linear = layer.kernel.empty();
  const std::int64_t area = product(layer.out), taps_in_channel = is_linear ? 1 : product(layer.kernel);
  const std::int64_t batch = is_linear ? input.elements() / layer.taps : input.shape()[0];
  const Positions positions = positions_of(batch * area, sample, fewest);
  const std::int64_t channels = layer.groups * layer.taps / taps_in_channel, in_area = product(layer.in);
  columns.assign(static_cast<std::size_t>(channels * taps_in_channel * positions.count), 0);
  for (std::int64_t p = 0; p < positions.count; ++p) {
    const std::int64_t at = positions.first + p * positions.step;
    for (std::int64_t tap = 0; tap < taps_in_channel; ++tap) {
      const std::int64_t offset = offset_of(layer, at % area, tap);
      if (offset < 0) continue;
      const float* from = input.data<float>() + at / area * channels * in_area + offset;
      float* to = columns.data() + tap * positions.count + p;
      for (std::int64_t c = 0; c < channels; ++c) to[c * taps_in_channel * positions.count] = from[c * in_area];
    }
  }
  return positions.count;
}

}  // namespace cortado::compiler
