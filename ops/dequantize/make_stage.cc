#include "ops/dequantize/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_dequantize(const ir::Node& node) {
  return scaled_stage(DequantizeStage::id, node, DType::i8, DType::f32,
                      [](double scale) { return static_cast<float>(scale); });
}

}  // namespace

extern const StageMaker dequantize_stage_maker;
const StageMaker dequantize_stage_maker = {"cortex_m::dequantize_per_tensor.out", make_dequantize};

}  // namespace cortado::ops
