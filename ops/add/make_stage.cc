#include "ops/add/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_add(const ir::Node& node) {
  auto draft = elementwise_stage(AddStage::id, node, {"self", "other"}, 4);
  if (!draft) return {};
  for (const char* operand : {"self", "other", "output"})
    for (const char* part : {"_zero_point", "_multiplier", "_shift"})
      draft->numbers.push_back(number_of(node, std::string(operand) + part));
  for (const char* name : {"activation_min", "activation_max"}) draft->numbers.push_back(number_of(node, name));
  return draft;
}

}  // namespace

extern const StageMaker add_stage_maker;
const StageMaker add_stage_maker = {"cortex_m::quantized_add.out", make_add};

}  // namespace cortado::ops
