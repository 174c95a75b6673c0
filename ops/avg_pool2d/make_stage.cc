#include "ops/avg_pool2d/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_avg_pool2d(const ir::Node& node) { return pool_stage(AvgPool2dStage::id, node); }

}  // namespace

extern const StageMaker avg_pool2d_stage_maker;
const StageMaker avg_pool2d_stage_maker = {"cortex_m::quantized_avg_pool2d.out", make_avg_pool2d};

}  // namespace cortado::ops
