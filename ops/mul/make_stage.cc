#include "ops/mul/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_mul(const ir::Node& node) {
  auto draft = elementwise_stage(MulStage::id, node, {"self", "other"}, 2);
  if (!draft) return {};
  for (const char* name :
       {"self_zero_point", "other_zero_point", "output_zero_point", "output_multiplier", "output_shift"})
    draft->numbers.push_back(number_of(node, name));
  return draft;
}

}  // namespace

extern const StageMaker mul_stage_maker;
const StageMaker mul_stage_maker = {"cortex_m::quantized_mul.out", make_mul};

}  // namespace cortado::ops
