#include "ops/resampling/contract.h"
#include "ops/resampling/make_resampling.h"
#include "ops/row_pace.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make_nearest2d(const ir::Node& node) {
  auto draft = resampling_stage(Nearest2dStage::id, node);
  if (!draft) return {};
  const std::int32_t rows = row_shape(draft->inputs[0]->type)->rows;
  const float scale = number_of_bits(draft->numbers[Nearest2dStage::y_scale]);
  draft->pace = covering_pace(row_shape(draft->output->type)->rows, [&](std::int32_t y) {
    const std::int32_t row = nearest_position(y, scale, rows);
    return RowRange{row, row};
  });
  draft->cycles_per_16_macs = 4;  // bytes that are copied
  return draft->pace ? std::move(draft) : std::nullopt;
}

}  // namespace

extern const StageMaker nearest2d_stage_maker;
const StageMaker nearest2d_stage_maker = {UpsampleNearest2dArgs::name, make_nearest2d};

}  // namespace cortado::ops
