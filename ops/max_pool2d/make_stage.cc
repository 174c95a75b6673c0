#include "ops/max_pool2d/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_max_pool2d(const ir::Node& node) {
  auto draft = pool_stage(MaxPool2dStage::id, node);
  if (draft) draft->numbers = {number_of(node, "activation_min"), number_of(node, "activation_max")};
  return draft;
}

}  // namespace

extern const StageMaker max_pool2d_stage_maker;
const StageMaker max_pool2d_stage_maker = {"cortex_m::quantized_max_pool2d.out", make_max_pool2d};

}  // namespace cortado::ops
