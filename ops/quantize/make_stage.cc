#include "ops/quantize/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_quantize(const ir::Node& node) {
  auto draft = scaled_stage(QuantizeStage::id, node, DType::f32, DType::i8,
                            [](double scale) { return 1.0f / static_cast<float>(scale); });
  if (!draft) return {};
  for (const char* name : {"quant_min", "quant_max"}) draft->numbers.push_back(number_of(node, name));
  return draft;
}

}  // namespace

extern const StageMaker quantize_stage_maker;
const StageMaker quantize_stage_maker = {"cortex_m::quantize_per_tensor.out", make_quantize};

}  // namespace cortado::ops
