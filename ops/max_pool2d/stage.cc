#include "ops/max_pool2d/stage.h"

#include "ops/max_pool2d/maximum.h"

namespace cortado::ops {
namespace {

using Number = MaxPool2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 0).ok()) return;
  check.activation(args.numbers()[Number::activation_min], args.numbers()[Number::activation_max]);
  check_pool(check, args);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int32_t channels = args.output.channels();
  const auto low = static_cast<std::int8_t>(args.numbers()[Number::activation_min]);
  const auto high = static_cast<std::int8_t>(args.numbers()[Number::activation_max]);
  run_pool_row(args, y, [&](const auto& pixel, std::int8_t* out) { maximum(pixel, channels, low, high, out); });
}

}  // namespace

extern const Stage max_pool2d_stage;
const Stage max_pool2d_stage = stage_row<check_arguments, run_row>(MaxPool2dStage::id, "max_pool2d");

}  // namespace cortado::ops
