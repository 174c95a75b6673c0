#include "ops/conv2d/stage.h"

#include "ops/conv2d/row.h"
#include "ops/filter_stage.h"

namespace cortado::ops {
namespace {

using Number = Conv2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_filter(check, args, Number::count, Number::input_offset).ok()) return;
  ConvolutionPlan convolution;
  convolution.in_channels = args.input[0].channels();
  convolution.out_channels = args.output.channels();
  convolution.group_channels = args.numbers()[Number::group_channels];
  check_groups(check, convolution);
  check_weight(check, args, convolution.group_channels);
}

void run_row_of(const StageArguments& args, std::int32_t y) {
  auto convolution = filter_of<ConvolutionPlan>(args, Number::input_offset);
  convolution.group_channels = args.numbers()[Number::group_channels];
  convolution.group_outputs = convolution.out_channels / (convolution.in_channels / convolution.group_channels);
  const Interior interior = interior_of(convolution.x);
  const Taps taps = taps_of(convolution.y, y);
  const RingLines lines(args.input[0], convolution.y, y, taps);
  std::int8_t* out = args.output.row(y);
  for (std::int32_t channel = 0; channel < convolution.out_channels; ++channel)
    run_row(Patch<RingLines>(convolution, lines, channel / convolution.group_outputs * convolution.group_channels),
            taps, channel, interior, out + channel);
}

}  // namespace

extern const Stage conv2d_stage;
const Stage conv2d_stage = stage_row<check_arguments, run_row_of>(Conv2dStage::id, "conv2d");

}  // namespace cortado::ops
