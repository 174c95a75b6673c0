#include "ops/joins/stage.h"

#include "ops/pieces.h"

namespace cortado::ops {
namespace {

using Number = JoinsStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 2, Number::count, 0).ok()) return;
  const std::int32_t pieces = args.numbers()[Number::pieces];
  const Rows &self = args.input[0], &other = args.input[1], &output = args.output;
  if (!check.range("pieces", pieces, 1, 1 << 16).ok()) return;
  check.equal("output's row bytes", output.row_bytes(), self.row_bytes() + other.row_bytes())
      .that(self.row_bytes() % pieces == 0 && other.row_bytes() % pieces == 0, "rows do not come in pieces");
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int32_t pieces = args.numbers()[Number::pieces];
  const std::int32_t self_bytes = args.input[0].row_bytes() / pieces, other_bytes = args.input[1].row_bytes() / pieces;
  const std::int8_t* self = args.input[0].row(y);
  const std::int8_t* other = args.input[1].row(y);
  std::int8_t* out = args.output.row(y);
  for (std::int32_t i = 0; i < pieces; ++i, self += self_bytes, other += other_bytes) {
    copy_piece(self, self_bytes, out);
    copy_piece(other, other_bytes, out + self_bytes);
    out += self_bytes + other_bytes;
  }
}

}  // namespace

extern const Stage joins_stage;
const Stage joins_stage = stage_row<check_arguments, run_row>(JoinsStage::id, "joins");

}  // namespace cortado::ops
