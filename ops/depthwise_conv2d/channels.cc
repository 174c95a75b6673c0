// Channels of a depthwise convolution: outputs stand and fall with their input.
#include <algorithm>

#include "ops/depthwise_conv2d/contract.h"
#include "ops/filter_channels.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::size_t multiplier_of(const ir::Node& node) {
  return static_cast<std::size_t>(number_of(node, "depth_multiplier"));
}

class DepthwiseChannels final : public ChannelForm {
 public:
  bool covers(const ir::Node& node) const override {
    const ir::Value* weight = filter_of(node);
    return weight != nullptr && weight->type.shape[0] == 1 && has_filter(node, weight->type.shape[3]) &&
           number_of(node, "depth_multiplier") > 0 &&
           weight->type.shape[3] == value_of(node, "input")->type.shape[1] * number_of(node, "depth_multiplier");
  }
  Intervals ranges(const ir::Node& node, const ChannelRanges& of) const override {
    const Filter filter(node);
    const Intervals& inputs = of.of(*value_of(node, "input"));
    Intervals result;
    for (std::size_t o = 0; o < channel_count(node.outputs[0]->type); ++o) {
      SumRange sum{filter.bias(o), filter.bias(o)};
      for (std::int64_t row = 0; row < filter.rows(); ++row)
        for (std::int64_t column = 0; column < filter.columns(); ++column) {
          SumRange tap = product_range(filter.weight_at(0, row, column, static_cast<std::int64_t>(o)),
                                       inputs[o / multiplier_of(node)], filter.input_offset());
          if (filter.may_be_outside(row, column))
            tap = {std::min<std::int64_t>(tap.least, 0), std::max<std::int64_t>(tap.greatest, 0)};
          sum.add(tap);
        }
      result.push_back(filter.output_range(o, sum));
    }
    return result;
  }
  void needs(const ir::Node& node, const ChannelRanges&, std::size_t channel, ChannelMarks& marks) const override {
    marks.keep(*value_of(node, "input"), channel / multiplier_of(node));
  }
  void follows(const ir::Node& node, const ir::Value&, std::size_t channel, ChannelMarks& marks) const override {
    for (std::size_t m = 0; m < multiplier_of(node); ++m)
      marks.keep(*node.outputs[0], channel * multiplier_of(node) + m);
  }
  void cut(ir::Graph& graph, ir::Node& node, const ChannelRanges&, const ChannelsKept& kept) const override {
    const std::vector<std::size_t>* outputs = kept.of(*node.outputs[0]);
    if (outputs == nullptr) return;
    const Filter filter(node);
    ir::Tensor bias(DType::i32, {filter.last()});
    for (std::size_t o = 0; o < static_cast<std::size_t>(filter.last()); ++o)
      bias.mutable_data<std::int32_t>()[o] = filter.bias(o);
    graph.set_argument(node, "weight", only(graph, *filter_of(node), 3, outputs));
    Filter::set_outputs(graph, node, std::move(bias), outputs);
  }
};

constexpr DepthwiseChannels depthwise_conv2d_form;

}  // namespace

extern const ChannelRule depthwise_conv2d_channel_rule;
const ChannelRule depthwise_conv2d_channel_rule = {
    QuantizedDepthwiseConv2dArgs<Layout::channels_last>::name, {}, &depthwise_conv2d_form};

}  // namespace cortado::ops
