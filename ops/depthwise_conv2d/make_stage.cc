#include "ops/channel_stage.h"
#include "ops/depthwise_conv2d/stage.h"
#include "ops/lines.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const ir::Value* weight = value_of(node, "weight");
  if (weight == nullptr || weight->kind != ir::ValueKind::constant || weight->type.shape.size() != 4) return {};
  const ir::Shape& w = weight->type.shape;  // [1, KH, KW, O]
  const auto image = image_stage(*input, *output, {w[1], w[2]}, node);
  if (!image || image->y.kernel > max_stage_kernel_rows) return {};
  StageDraft draft;
  draft.stage = DepthwiseConv2dStage::id;
  draft.inputs = {input};
  draft.output = output;
  draft.y = image->y;
  draft.x = image->x;
  draft.numbers = {number_of(node, "depth_multiplier"), number_of(node, "input_offset")};
  const ir::Tensor kernel = image->turned ? turned_kernel(weight->data) : weight->data;
  draft.constants.emplace_back(kernel.bytes().begin(), kernel.bytes().end());
  if (!add_channel_output(node, w[3], draft)) return {};
  draft.macs = static_cast<std::uint64_t>(weight->type.elements()) * static_cast<std::uint64_t>(image->output.rows) *
               static_cast<std::uint64_t>(image->output.width);
  return draft;
}

}  // namespace

extern const StageMaker depthwise_conv2d_stage_maker;
const StageMaker depthwise_conv2d_stage_maker = {"cortex_m::quantized_depthwise_conv2d.out", make};

}  // namespace cortado::ops
