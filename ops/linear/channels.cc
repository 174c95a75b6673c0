// Channels of a linear layer: constant inputs go into what its sums start with, inputs without a weight are not read.
#include <algorithm>

#include "ops/filter_channels.h"
#include "ops/linear/contract.h"
#include "ops/stage_draft.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

// A layer's arguments; sums are start[o] + Σ (x[i] + offset) · weight[o][i].
struct LinearLayer {
  std::size_t outputs, inputs;
  const std::int8_t* weights;
  std::int32_t filter_offset, input_offset;
  const ir::Value *kernel_sum, *bias;

  explicit LinearLayer(const ir::Node& node)
      : outputs(static_cast<std::size_t>(value_of(node, "weights")->type.shape[0])),
        inputs(static_cast<std::size_t>(value_of(node, "weights")->type.shape[1])),
        weights(value_of(node, "weights")->data.data<std::int8_t>()),
        filter_offset(number_of(node, "filter_offset")),
        input_offset(number_of(node, "input_offset")),
        kernel_sum(value_of(node, "kernel_sum")),
        bias(value_of(node, "bias")) {}

  std::int32_t weight(std::size_t o, std::size_t i) const { return weights[o * inputs + i] + filter_offset; }
  // What x is added to before it is multiplied: a kernel sum has the products of the offset already.
  std::int32_t offset() const { return kernel_sum != nullptr ? 0 : input_offset; }
  std::int64_t start(std::size_t o) const {
    const ir::Value* value = kernel_sum != nullptr ? kernel_sum : bias;
    return value != nullptr ? value->data.data<std::int32_t>()[o] : 0;
  }
  SumRange sum_range(const Intervals& x, std::size_t o) const {
    SumRange sum{start(o), start(o)};
    for (std::size_t i = 0; i < inputs; ++i) sum.add(product_range(weight(o, i), x[i], offset()));
    return sum;
  }
};

Interval linear_output(const ir::Node& node, SumRange sum) {
  const auto multiplier = integers_of(node, "requantize_multipliers")[0],
             shift = integers_of(node, "requantize_shifts")[0];
  if (!sum.wrap() || shift < -31 || shift > 0) return {};
  const auto result = [&](std::int64_t value) {
    const std::int32_t scaled = requantize(static_cast<std::int32_t>(value), static_cast<std::int32_t>(multiplier),
                                           static_cast<std::int32_t>(shift));
    return clamp(wrapping_add(scaled, number_of(node, "output_offset")), number_of(node, "activation_min"),
                 number_of(node, "activation_max"));
  };
  const std::int32_t a = result(sum.least), b = result(sum.greatest);
  return {std::min(a, b), std::max(a, b)};
}

class LinearChannels final : public ChannelForm {
 public:
  bool covers(const ir::Node& node) const override {
    const ir::Value *input = value_of(node, "input"), *weights = value_of(node, "weights");
    const auto is_constant = [](const ir::Value* value) {
      return value == nullptr || value->kind == ir::ValueKind::constant;
    };
    return input != nullptr && weights != nullptr && is_constant(weights) && !is_constant(input) &&
           is_constant(value_of(node, "bias")) && is_constant(value_of(node, "kernel_sum")) && is_int8(input->type) &&
           is_int8(weights->type) && is_int8(node.outputs[0]->type) && weights->type.shape.size() == 2 &&
           input->type.shape.size() != 4 && !input->type.shape.empty() &&
           input->type.shape.back() == weights->type.shape[1] && node.outputs[0]->type.elements() != 0 &&
           integers_of(node, "requantize_multipliers").size() == 1 &&
           integers_of(node, "requantize_shifts").size() == 1;
  }
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override {
    const LinearLayer layer(node);
    Intervals result;
    for (std::size_t o = 0; o < layer.outputs; ++o)
      result.push_back(linear_output(node, layer.sum_range(of.of(*value_of(node, "input")), o)));
    return result;
  }
  void needs(const ir::Node& node, const ChannelRanges& of, std::size_t channel, ChannelMarks& marks) const override {
    const LinearLayer layer(node);
    const ir::Value& input = *value_of(node, "input");
    for (std::size_t i = 0; i < layer.inputs; ++i)
      if (!of.of(input)[i].is_constant() && layer.weight(channel, i) != 0) marks.keep(input, i);
  }
  void follows(const ir::Node&, const ir::Value&, std::size_t, ChannelMarks&) const override {}

  void cut(ir::Graph& graph, ir::Node& node, const ChannelRanges& of, const ChannelsKept& kept) const override {
    const LinearLayer layer(node);
    const ir::Value &input = *value_of(node, "input"), &output = *node.outputs[0];
    const std::vector<bool> is_there = stays(input, kept);
    ir::Tensor start(DType::i32, {static_cast<std::int64_t>(layer.outputs)});
    for (std::size_t o = 0; o < layer.outputs; ++o) {
      std::int64_t sum = layer.start(o);
      for (std::size_t i = 0; i < layer.inputs; ++i)
        if (!is_there[i]) sum += std::int64_t{layer.weight(o, i)} * (of.of(input)[i].low + layer.offset());
      start.mutable_data<std::int32_t>()[o] = wrapped(sum);
    }
    ir::Value* weights = value_of(node, "weights");
    graph.set_argument(
        node, "weights",
        graph.add_constant(weights->name, only(only(weights->data, 0, kept.of(output)), 1, kept.of(input)),
                           weights->source_name));
    const char* name = layer.kernel_sum != nullptr ? "kernel_sum" : "bias";
    graph.set_argument(node, name, graph.add_constant(node.name + "_" + name, only(start, 0, kept.of(output))));
  }
};

constexpr LinearChannels linear_form;

}  // namespace

extern const ChannelRule linear_channel_rule;
const ChannelRule linear_channel_rule = {QuantizedLinearArgs::name, {}, &linear_form};

}  // namespace cortado::ops
