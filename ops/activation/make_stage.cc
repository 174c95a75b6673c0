#include "ops/activation/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_activation(const ir::Node& node) {
  const ir::Value* lut = value_of(node, "lut");
  if (lut == nullptr || lut->kind != ir::ValueKind::constant) return {};
  auto draft = elementwise_stage(ActivationStage::id, node, {"input"}, 1);
  if (draft) draft->add_constant(*lut);
  return draft;
}

}  // namespace

extern const StageMaker activation_stage_maker;
const StageMaker activation_stage_maker = {"cortex_m::quantized_activation.out", make_activation};

}  // namespace cortado::ops
