#include "ops/depthwise_conv2d/stage.h"
#include "ops/packed_depthwise/pack.h"
#include "ops/planar_depthwise/pack.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  const ir::Value* weight = filter_of(node);  // [1, KH, KW, O]
  if (weight == nullptr) return {};
  auto draft = filter_stage(DepthwiseConv2dStage::id, node, *weight, weight->type.shape[3], number_of(node, "depth_multiplier"));
  if (!draft) return {};
  draft->planes_reader = planar_form_of_depthwise(*draft);
  pack_depthwise(*draft);
  return draft;
}

}  // namespace

extern const StageMaker depthwise_conv2d_stage_maker;
const StageMaker depthwise_conv2d_stage_maker = {"cortex_m::quantized_depthwise_conv2d.out", make};

}  // namespace cortado::ops
