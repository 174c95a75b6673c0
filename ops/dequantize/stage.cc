#include "ops/dequantize/stage.h"

#include <string.h>

namespace cortado::ops {
namespace {

using Number = DequantizeStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 0).ok()) return;
  check_same_rows(check, args)
      .equal("input's element bytes", args.input[0].element_bytes(), 1)
      .equal("output's element bytes", args.output.element_bytes(), 4)
      .range("zero_point", args.numbers()[Number::zero_point], -32768, 32767);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int8_t* in = args.input[0].row(y);
  auto* out = args.output.row<float>(y);
  const std::int32_t count = args.output.row_elements(), zero_point = args.numbers()[Number::zero_point];
  float scale;
  memcpy(&scale, &args.numbers()[Number::scale_bits], sizeof scale);
  for (std::int32_t i = 0; i < count; ++i) out[i] = static_cast<float>(in[i] - zero_point) * scale;
}

}  // namespace

extern const Stage dequantize_stage;
const Stage dequantize_stage = stage_row<check_arguments, run_row>(DequantizeStage::id, "dequantize");

}  // namespace cortado::ops
