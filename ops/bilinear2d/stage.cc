#include "ops/resampling/stage.h"

namespace cortado::ops {
namespace {

using Number = Bilinear2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 0).ok()) return;
  check_resampling(check, args)
      .equal("output's element bytes", args.output.element_bytes(), 4)
      .range("align_corners", args.numbers()[Number::align_corners], 0, 1);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const Rows& input = args.input[0];
  const bool align_corners = args.numbers()[Number::align_corners] != 0;
  const std::int32_t channels = input.channels(), width = args.output.width();
  const Blend rows =
      blend_of(input.rows(), args.output.rows(), y, resampling_number(args, Number::y_scale), align_corners);
  const float scale = resampling_number(args, Number::x_scale);
  const auto* top_row = input.row<float>(rows.low);
  const auto* bottom_row = input.row<float>(rows.high);
  auto* out = args.output.row<float>(y);
  for (std::int32_t x = 0; x < width; ++x, out += channels) {
    const Blend columns = blend_of(input.width(), width, x, scale, align_corners);
    const float *top = top_row + columns.low * channels, *bottom = bottom_row + columns.low * channels;
    const std::int32_t right = (columns.high - columns.low) * channels;
    for (std::int32_t c = 0; c < channels; ++c) {
      const float above = top[c] * columns.low_weight + top[right + c] * columns.high_weight;
      const float below = bottom[c] * columns.low_weight + bottom[right + c] * columns.high_weight;
      out[c] = above * rows.low_weight + below * rows.high_weight;
    }
  }
}

}  // namespace

extern const Stage bilinear2d_stage;
const Stage bilinear2d_stage = stage_row<check_arguments, run_row>(Bilinear2dStage::id, "bilinear2d");

}  // namespace cortado::ops
