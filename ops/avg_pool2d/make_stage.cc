#include "ops/avg_pool2d/stage.h"
#include "ops/stage_draft.h"
#include "ops/lines.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const auto image = image_stage(*input, *output, integers_of(node, "kernel_size"), node);
  if (!image || image->y.kernel > max_stage_kernel_rows) return {};
  StageDraft draft;
  draft.stage = AvgPool2dStage::id;
  draft.inputs = {input};
  draft.output = output;
  draft.y = image->y;
  draft.x = image->x;
  draft.macs = static_cast<std::uint64_t>(output->type.elements()) * static_cast<std::uint64_t>(image->y.kernel) *
               static_cast<std::uint64_t>(image->x.kernel);
  return draft;
}

}  // namespace

extern const StageMaker avg_pool2d_stage_maker;
const StageMaker avg_pool2d_stage_maker = {"cortex_m::quantized_avg_pool2d.out", make};

}  // namespace cortado::ops
