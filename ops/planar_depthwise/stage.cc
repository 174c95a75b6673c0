#include "ops/planar_depthwise/stage.h"

#include "ops/planar_depthwise/one_row.h"
#include "ops/planar_depthwise/rows_outside.h"
#include "ops/planar_depthwise/two_row_kernel.h"

namespace cortado::ops {
namespace {

constexpr PlanarLimits limits = PlanarDepthwiseStage::limits;

void check_arguments(const StageArguments& args, StageCheck& check) {
  check_planar_depthwise(args, check, limits);
  if (!check.ok()) return;
  const PlanarDepthwise plan(args);
  if (!has_kernel_for(plan.output.form)) return check_loop(check, find_form(plan, LoopId::planar_depthwise_at_limit));
  const bool has_two_rows = !makes_two_rows(args) || find_loop(two_row_loop(plan.out)) != nullptr;
  check_loop(check, has_two_rows ? find_loop(one_row_loop<limits.slots>(plan.stride())) : nullptr);
}

// Of two rows in assembly.
void run_assembled_rows(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t channels = plan.channels, pairs = plan.width / 2;
  std::int8_t* out = plan.out.row(y);
  const auto next_row = static_cast<std::int32_t>(plan.out.row(y + 1) - out);
  alignas(16) const std::int32_t places[] = {0, channels, next_row, next_row + channels};
  const TwoRowArguments arguments = {plan.first_column(),
                                     out,
                                     plan.stream,
                                     channels,
                                     pairs,
                                     2 * channels,
                                     plan.plane - pairs * 2 * limits.slots,
                                     plan.width % 2 != 0 ? channels : 0,
                                     first_slot(plan, y, limits.slots),
                                     places};
  find_loop(two_row_loop(plan.out))(&arguments);
}

// One row, or two at once.
void run_some(const PlanarDepthwise& plan, std::int32_t y, std::int32_t count) {
  fill_rows_outside(plan, y, count, limits.slots);
  if (has_kernel_for(plan.output.form))
    return count == 2 ? run_assembled_rows(plan, y) : run_assembled_row<limits.slots>(plan, y);
  const DepthwiseArguments arguments = {plan, y, count};
  find_form(plan, LoopId::planar_depthwise_at_limit)(&arguments);
}

void run_rows(const StageArguments& args, std::int32_t y, std::int32_t count) {
  const PlanarDepthwise plan(args);
  if (count == 2 && makes_two_rows(args) && plan.y().start(y) % 2 == 0) return run_some(plan, y, 2);
  for (; count > 0; --count, ++y) run_some(plan, y, 1);
}

}  // namespace

extern const Stage planar_depthwise_stage;
const Stage planar_depthwise_stage =
    stage_rows<check_arguments, run_rows>(PlanarDepthwiseStage::id, "planar_depthwise", {true, false});

}  // namespace cortado::ops
