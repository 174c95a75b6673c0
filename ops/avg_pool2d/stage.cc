#include "ops/avg_pool2d/stage.h"

#include "ops/avg_pool2d/average.h"

namespace cortado::ops {
namespace {

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (check_counts(check, args, 1, 0, 0).ok()) check_pool(check, args);
}

void run_row(const StageArguments& args, std::int32_t y) {
  run_pool_row(args, y, [&](const auto& pixel, std::int8_t* out) { average(pixel, args.output.channels(), out); });
}

}  // namespace

extern const Stage avg_pool2d_stage;
const Stage avg_pool2d_stage = stage_row<check_arguments, run_row>(AvgPool2dStage::id, "avg_pool2d");

}  // namespace cortado::ops
