#include "ops/activation/stage.h"

namespace cortado::ops {
namespace {

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, 0, 1).ok()) return;
  check_int8(check, args);
  check_same_rows(check, args);
  check_constant<std::int8_t>(check, args, 0, 256, "lut");
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int8_t* middle = args.constant(0) + 128;
  const std::int8_t* in = args.input[0].row(y);
  std::int8_t* out = args.output.row(y);
  const std::int32_t count = args.output.row_elements();
  for (std::int32_t i = 0; i < count; ++i) out[i] = middle[in[i]];
}

}  // namespace

extern const Stage activation_stage;
const Stage activation_stage = stage_row<check_arguments, run_row>(ActivationStage::id, "activation");

}  // namespace cortado::ops
