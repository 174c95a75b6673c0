#include "ops/depthwise_conv2d/stage.h"

#include "ops/depthwise_conv2d/row.h"
#include "ops/filter_stage.h"

namespace cortado::ops {
namespace {

using Number = DepthwiseConv2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_filter(check, args, Number::count, Number::input_offset).ok()) return;
  const std::int32_t multiplier = args.numbers()[Number::depth_multiplier];
  if (!check.range("depth_multiplier", multiplier, 1, 1 << 24).ok()) return;
  check.that(args.output.channels() == std::int64_t{args.input[0].channels()} * multiplier,
             "output's channels are not input's times depth_multiplier");
  check_weight(check, args, 1);
}

void run_row_of(const StageArguments& args, std::int32_t y) {
  auto filter = filter_of<Depthwise>(args, Number::input_offset);
  filter.depth_multiplier = args.numbers()[Number::depth_multiplier];
  const Taps taps = taps_of(filter.y, y);
  run_row(filter, RingLines(args.input[0], filter.y, y, taps), taps, args.output.row(y));
}

}  // namespace

extern const Stage depthwise_conv2d_stage;
const Stage depthwise_conv2d_stage =
    stage_row<check_arguments, run_row_of>(DepthwiseConv2dStage::id, "depthwise_conv2d");

}  // namespace cortado::ops
