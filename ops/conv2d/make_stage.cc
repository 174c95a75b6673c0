#include "ops/conv2d/stage.h"
#include "ops/planar_conv2d/pack.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_conv2d(const ir::Node& node) {
  const ir::Value* weight = filter_of(node);  // [O, KH, KW, C/G]
  if (weight == nullptr) return {};
  const ir::Shape& w = weight->type.shape;
  auto draft = filter_stage(Conv2dStage::id, node, *weight, w[0], static_cast<std::int32_t>(w[3]));
  if (!draft) return {};
  pack_convolution(row_shape(draft->inputs[0]->type)->channels, *draft);
  return draft;
}

}  // namespace

extern const StageMaker conv2d_stage_maker;
const StageMaker conv2d_stage_maker = {"cortex_m::quantized_conv2d.out", make_conv2d};

}  // namespace cortado::ops
