// The node "cortado::input_rows", cortado::input_rows(input: Tensor) -> Tensor, which only row streams compute.
#include "ops/input_rows/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_input_rows(const ir::Node& node) {
  return elementwise_stage(InputRowsStage::id, node, {"input"}, 1);
}

}  // namespace

extern const StageMaker input_rows_stage_maker;
const StageMaker input_rows_stage_maker = {"cortado::input_rows", make_input_rows};

}  // namespace cortado::ops
