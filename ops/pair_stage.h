// Stages of two tensors of the same rows, element by element. Host and target, C++17, no heap.
#pragma once

#include "ops/fours.h"
#include "ops/stage.h"

namespace cortado::ops {

// Checks the rows; what the numbers mean is the operator's.
inline StageCheck& check_pair(StageCheck& check, const StageArguments& args, std::uint32_t numbers) {
  if (!check_counts(check, args, 2, numbers, 0).ok()) return check;
  check_int8(check, args);
  return check_same_rows(check, args);
}

// arithmetic(self, other) → out, on int8; `arithmetic_of` makes it of the stage's numbers.
template <auto arithmetic_of>
void run_pair(const StageArguments& args, std::int32_t y) {
  const auto arithmetic = arithmetic_of(args.numbers());
  const std::int8_t* self = args.input[0].row(y);
  for_all(arithmetic, self, static_cast<const std::int8_t*>(args.input[1].row(y)), args.output.row_elements(),
          args.output.row(y));
}

}  // namespace cortado::ops
