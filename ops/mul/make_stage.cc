#include "ops/mul/stage.h"
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
  draft.stage = MulStage::id;
  draft.inputs = {self, other};
  draft.output = output;
  for (const char* name : {"self_zero_point", "other_zero_point", "output_zero_point", "output_multiplier", "output_shift"})
    draft.numbers.push_back(number_of(node, name));
  draft.macs = static_cast<std::uint64_t>(output->type.elements()) * 2;
  return draft;
}

}  // namespace

extern const StageMaker mul_stage_maker;
const StageMaker mul_stage_maker = {"cortex_m::quantized_mul.out", make};

}  // namespace cortado::ops
