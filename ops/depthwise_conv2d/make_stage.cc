#include "ops/conv2d/stage.h"
#include "ops/depthwise_conv2d/stage.h"
#include "ops/packed_depthwise/pack.h"
#include "ops/planar_conv2d/pack.h"
#include "ops/planar_depthwise/pack.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

// Of one input channel: a convolution as any other, whose weights [KH, KW, O] become [O, KH, KW, 1].
StageDraft as_convolution(StageDraft draft, std::size_t outputs) {
  draft.stage = Conv2dStage::id;
  draft.numbers[Conv2dStage::group_channels] = 1;
  const std::vector<std::uint8_t> weight = draft.constants[0];
  const std::size_t taps = weight.size() / outputs;
  for (std::size_t i = 0; i < weight.size(); ++i) draft.constants[0][i % outputs * taps + i / outputs] = weight[i];
  return draft;
}

std::optional<StageDraft> make_depthwise_conv2d(const ir::Node& node) {
  const ir::Value* weight = filter_of(node);  // [1, KH, KW, O]
  if (weight == nullptr) return {};
  auto draft =
      filter_stage(DepthwiseConv2dStage::id, node, *weight, weight->type.shape[3], number_of(node, "depth_multiplier"));
  if (!draft) return {};
  if (row_shape(draft->inputs[0]->type)->channels == 1) {
    StageDraft convolution = as_convolution(*draft, static_cast<std::size_t>(weight->type.shape[3]));
    pack_convolution(1, convolution);
    if (convolution.stage != Conv2dStage::id) return convolution;
  }
  draft->planes_reader = planar_form_of_depthwise(*draft);
  pack_depthwise(*draft);
  return draft;
}

}  // namespace

extern const StageMaker depthwise_conv2d_stage_maker;
const StageMaker depthwise_conv2d_stage_maker = {"cortex_m::quantized_depthwise_conv2d.out", make_depthwise_conv2d};

}  // namespace cortado::ops
