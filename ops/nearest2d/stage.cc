#include "ops/resampling/stage.h"

#include "ops/pieces.h"

namespace cortado::ops {
namespace {

using Number = Nearest2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (check_counts(check, args, 1, Number::count, 0).ok()) check_resampling(check, args);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const Rows& input = args.input[0];
  const std::int8_t* in = input.row(nearest_position(y, resampling_number(args, Number::y_scale), input.rows()));
  const float scale = resampling_number(args, Number::x_scale);
  const std::int32_t bytes = input.channels() * input.element_bytes(), width = args.output.width();
  std::int8_t* out = args.output.row(y);
  for (std::int32_t x = 0; x < width; ++x, out += bytes)
    copy_piece(in + nearest_position(x, scale, input.width()) * bytes, bytes, out);
}

}  // namespace

extern const Stage nearest2d_stage;
const Stage nearest2d_stage = stage_row<check_arguments, run_row>(Nearest2dStage::id, "nearest2d");

}  // namespace cortado::ops
