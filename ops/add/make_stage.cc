#include "ops/add/stage.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  ir::Value* self = value_of(node, "self");
  ir::Value* other = value_of(node, "other");
  ir::Value* output = node.outputs[0];
  const auto shape = row_shape(output->type);
  if (!shape || row_shape(self->type) != shape || row_shape(other->type) != shape) return {};
  StageDraft draft;
  draft.stage = AddStage::id;
  draft.inputs = {self, other};
  draft.output = output;
  for (const char* operand : {"self", "other", "output"})
    for (const char* part : {"_zero_point", "_multiplier", "_shift"})
      draft.numbers.push_back(number_of(node, std::string(operand) + part));
  draft.numbers.push_back(number_of(node, "activation_min"));
  draft.numbers.push_back(number_of(node, "activation_max"));
  draft.macs = static_cast<std::uint64_t>(output->type.elements()) * 4;
  return draft;
}

}  // namespace

extern const StageMaker add_stage_maker;
const StageMaker add_stage_maker = {"cortex_m::quantized_add.out", make};

}  // namespace cortado::ops
