// Channels of a convolution without groups. Each output reads all inputs: those that are constant go into its bias,
// where they are the same at the image's border; those that it has no weight for are not read.
#include <algorithm>

#include "ops/conv2d/contract.h"
#include "ops/filter_channels.h"
#include "ops/stage_forms.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

// Of output o's sum, bias included.
SumRange conv2d_sum(const Filter& filter, const Intervals& inputs, std::size_t o) {
  SumRange sum{filter.bias(o), filter.bias(o)};
  for (std::int64_t row = 0; row < filter.rows(); ++row)
    for (std::int64_t column = 0; column < filter.columns(); ++column) {
      SumRange tap;
      for (std::size_t i = 0; i < inputs.size(); ++i)
        tap.add(product_range(filter.weight_at(static_cast<std::int64_t>(o), row, column, static_cast<std::int64_t>(i)),
                              inputs[i], filter.input_offset()));
      if (filter.may_be_outside(row, column))
        tap = {std::min<std::int64_t>(tap.least, 0), std::max<std::int64_t>(tap.greatest, 0)};
      sum.add(tap);
    }
  return sum;
}

// Whether input channel i adds the same to every output pixel.
bool conv2d_folds(const Filter& filter, Interval input) {
  return input.is_constant() && (input.low + filter.input_offset() == 0 || filter.is_always_inside());
}

std::int64_t conv2d_weight_sum(const Filter& filter, std::size_t o, std::size_t i) {
  std::int64_t sum = 0;
  for (std::int64_t row = 0; row < filter.rows(); ++row)
    for (std::int64_t column = 0; column < filter.columns(); ++column)
      sum += filter.weight_at(static_cast<std::int64_t>(o), row, column, static_cast<std::int64_t>(i));
  return sum;
}

bool conv2d_reads(const Filter& filter, std::size_t o, std::size_t i) {
  for (std::int64_t row = 0; row < filter.rows(); ++row)
    for (std::int64_t column = 0; column < filter.columns(); ++column)
      if (filter.weight_at(static_cast<std::int64_t>(o), row, column, static_cast<std::int64_t>(i)) != 0) return true;
  return false;
}

void clear_weights(ir::Tensor& weight, std::size_t o) {
  const std::int64_t each = weight.elements() / weight.shape()[0];
  std::fill_n(weight.mutable_data<std::int8_t>() + static_cast<std::int64_t>(o) * each, each, std::int8_t{0});
}

class Conv2dChannels final : public ChannelForm {
 public:
  bool covers(const ir::Node& node) const override {
    const ir::Value* weight = filter_of(node);
    return weight != nullptr && has_filter(node, weight->type.shape[0]) &&
           weight->type.shape[3] == value_of(node, "input")->type.shape[1];
  }
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override {
    const Filter filter(node);
    const Intervals& inputs = of.of(*value_of(node, "input"));
    Intervals result;
    for (std::size_t o = 0; o < channel_count(node.outputs[0]->type); ++o)
      result.push_back(filter.output_range(o, conv2d_sum(filter, inputs, o)));
    return result;
  }
  // Nothing, where the output is constant: cut() leaves it a bias without weights.
  void needs(const ir::Node& node, const ChannelRanges& of, std::size_t channel, ChannelMarks& marks) const override {
    if (of.of(*node.outputs[0])[channel].is_constant()) return;
    const Filter filter(node);
    const ir::Value& input = *value_of(node, "input");
    const Intervals& inputs = of.of(input);
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (!conv2d_folds(filter, inputs[i]) && conv2d_reads(filter, channel, i)) marks.keep(input, i);
  }
  void follows(const ir::Node&, const ir::Value&, std::size_t, ChannelMarks&) const override {}

  void cut(ir::Graph& graph, ir::Node& node, const ChannelRanges& of, const ChannelsKept& kept) const override {
    const Filter filter(node);
    const ir::Value &input = *value_of(node, "input"), &output = *node.outputs[0];
    const Intervals &inputs = of.of(input), &outputs = of.of(output);
    const std::vector<bool> is_there = stays(input, kept);
    ir::Tensor weight = filter.weight();
    ir::Tensor bias(DType::i32, {static_cast<std::int64_t>(outputs.size())});
    for (std::size_t o = 0; o < outputs.size(); ++o) {
      std::int64_t sum = filter.bias(o);
      for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!is_there[i]) sum += conv2d_weight_sum(filter, o, i) * (inputs[i].low + filter.input_offset());
      if (outputs[o].is_constant()) {
        sum = conv2d_sum(filter, inputs, o).least;
        clear_weights(weight, o);
      }
      bias.mutable_data<std::int32_t>()[o] = wrapped(sum);
    }
    weight = only(only(weight, 0, kept.of(output)), 3, kept.of(input));
    graph.set_argument(node, "weight",
                       graph.add_constant(node.name + "_weight", std::move(weight), filter_of(node)->source_name));
    Filter::set_outputs(graph, node, std::move(bias), kept.of(output));
  }
};

constexpr Conv2dChannels conv2d_form;

}  // namespace

extern const ChannelRule conv2d_channel_rule;
const ChannelRule conv2d_channel_rule = {QuantizedConv2dArgs<Layout::channels_last>::name, {}, &conv2d_form};

}  // namespace cortado::ops
