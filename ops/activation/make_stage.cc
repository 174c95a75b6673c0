#include "ops/activation/stage.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const ir::Value* lut = value_of(node, "lut");
  const auto shape = row_shape(output->type);
  if (!shape || row_shape(input->type) != shape || lut == nullptr || lut->kind != ir::ValueKind::constant) return {};
  StageDraft draft;
  draft.stage = ActivationStage::id;
  draft.inputs = {input};
  draft.output = output;
  draft.add_constant(*lut);
  draft.macs = static_cast<std::uint64_t>(output->type.elements());
  return draft;
}

}  // namespace

extern const StageMaker activation_stage_maker;
const StageMaker activation_stage_maker = {"cortex_m::quantized_activation.out", make};

}  // namespace cortado::ops
