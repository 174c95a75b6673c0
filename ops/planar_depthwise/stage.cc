#include "ops/planar_depthwise/stage.h"

#include "ops/planar_depthwise/one_row.h"
#include "ops/planar_depthwise/two_row_kernel.h"

namespace cortado::ops {
namespace {

constexpr PlanarLimits limits = PlanarDepthwiseStage::limits;

void check_arguments(const StageArguments& args, StageCheck& check) {
  check_planar_depthwise(args, check, limits);
  if (!check.ok()) return;
  const PlanarDepthwise plan(args);
  if (!has_kernel_for(plan.output.form)) return check_loop(check, find_form(plan, LoopId::planar_depthwise_at_limit));
  const Loop one_row = find_loop(one_row_loop<limits.slots>(plan.stride()));
  const auto has_two_rows = [&](bool is_border) { return find_loop(two_row_loop(is_border, plan.width / 2)) != nullptr; };
  const bool has_all = !makes_two_rows(args) || (has_two_rows(false) && has_two_rows(true));
  check_loop(check, has_all ? one_row : nullptr);
}

// Of two rows in assembly.
void run_assembled_rows(const PlanarDepthwise& plan, std::int32_t y) {
  const std::int32_t channels = plan.channels, pairs = plan.width / 2, first = plan.y().start(y) & (limits.slots - 1);
  std::int8_t* out = plan.out.row(y);
  const auto next_row = static_cast<std::int32_t>(plan.out.row(y + 1) - out);
  const bool is_border = is_border_row(plan, y) || is_border_row(plan, y + 1);
  alignas(16) const std::int32_t places[] = {0, channels, next_row, next_row + channels};
  alignas(16) std::int8_t present[32];
  if (is_border) {
    simd::store(present, planar_rows(plan, y, limits.slots).present);
    simd::store(present + 16, planar_rows(plan, y + 1, limits.slots).present);
  }
  const TwoRowArguments arguments = {plan.first_column(), out, plan.stream, channels, pairs, 2 * channels,
                                     plan.plane - pairs * 2 * limits.slots, plan.width % 2 != 0 ? channels : 0,
                                     first, places, is_border ? present : nullptr, plan.zero_point()};
  find_loop(two_row_loop(is_border, pairs))(&arguments);
}

// One row, or two at once.
void run_some(const PlanarDepthwise& plan, std::int32_t y, std::int32_t count) {
  if (has_kernel_for(plan.output.form)) return count == 2 ? run_assembled_rows(plan, y) : run_assembled_row<limits.slots>(plan, y);
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
