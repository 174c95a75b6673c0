#include "ops/packed_depthwise/stage.h"

#include "ops/lines.h"
#include "ops/packed_depthwise/loops.h"

namespace cortado::ops {
namespace {

using Number = PackedDepthwiseStage;

Loop find_form(const StageArguments& args) {
  return find_loop(LoopId::packed_depthwise_at_limit + args.numbers()[Number::form]);
}

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 1).ok()) return;
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  check_int8(check, args)
      .range("kernel rows", y.kernel, 1, max_stage_kernel_rows)
      .range("taps", y.kernel * x.kernel, 1, Number::max_taps)
      .range("input_zero_point", args.numbers()[Number::input_zero_point], -128, 127)
      .equal("output's channels", args.output.channels(), args.input[0].channels());
  check_packed_output(check, args.numbers() + Number::form);
  if (!check.ok()) return;
  check_loop(check, find_form(args));
  const std::int64_t blocks = (args.output.channels() + packed_depthwise_block - 1) / packed_depthwise_block;
  check_constant<std::int8_t>(check, args, 0, blocks * packed_depthwise_bytes(y.kernel * x.kernel), "weights");
}

void run_row(const StageArguments& args, std::int32_t y) {
  const DepthwiseRow arguments = {args, y};
  find_form(args)(&arguments);
}

}  // namespace

extern const Stage packed_depthwise_stage;
const Stage packed_depthwise_stage = stage_row<check_arguments, run_row>(PackedDepthwiseStage::id, "packed_depthwise");

}  // namespace cortado::ops
