#include "ops/resampling/contract.h"
#include "ops/resampling/make_resampling.h"
#include "ops/row_pace.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_bilinear2d(const ir::Node& node) {
  auto draft = resampling_stage(Bilinear2dStage::id, node);
  if (!draft || draft->output->type.dtype != DType::f32) return {};
  const std::int32_t align_corners = number_of(node, "align_corners");
  draft->numbers.push_back(align_corners);
  const std::int32_t from = row_shape(draft->inputs[0]->type)->rows, to = row_shape(draft->output->type)->rows;
  const float scale = number_of_bits(draft->numbers[Bilinear2dStage::y_scale]);
  draft->pace = covering_pace(to, [&](std::int32_t y) {
    const Blend blend = blend_of(from, to, y, scale, align_corners != 0);
    return RowRange{blend.low, blend.high};
  });
  draft->cycles_per_16_macs = 16;  // places and weights are found once a pixel, by the kernel once an element
  return draft->pace ? std::move(draft) : std::nullopt;
}

}  // namespace

extern const StageMaker bilinear2d_stage_maker;
const StageMaker bilinear2d_stage_maker = {UpsampleBilinear2dArgs::name, make_bilinear2d};

}  // namespace cortado::ops
