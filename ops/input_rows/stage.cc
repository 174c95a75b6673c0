#include "ops/input_rows/stage.h"

#include <string.h>

namespace cortado::ops {
namespace {

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, 0, 0).ok()) return;
  check_same_rows(check, args)
      .equal("input's element bytes", args.input[0].element_bytes(), args.output.element_bytes());
}

void run_row(const StageArguments& args, std::int32_t y) {
  const auto bytes = static_cast<std::size_t>(args.output.row_bytes());
  auto* to = args.output.row<std::uint8_t>(y);
  if (args.source != nullptr)
    args.source->read(args.source->context, static_cast<std::uint32_t>(y), to, bytes);
  else
    memcpy(to, args.input[0].row<std::uint8_t>(y), bytes);
}

}  // namespace

extern const Stage input_rows_stage;
const Stage input_rows_stage =
    stage_row<check_arguments, run_row>(InputRowsStage::id, "input_rows", {false, false, true});

}  // namespace cortado::ops
