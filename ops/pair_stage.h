// Stages of two tensors of the same rows, element by element. Host and target, C++17, no heap.
#pragma once

#include "ops/fours.h"
#include "ops/stage.h"

namespace cortado::ops {

// arithmetic(self, other) → out, on int8.
template <class Arithmetic>
struct PairPlan {
  Rows self, other, out;
  Arithmetic arithmetic;
};

// Sets the rows; what the numbers mean is the operator's.
template <class Arithmetic>
void check_pair(Check& check, const StageArguments& args, std::uint32_t numbers, PairPlan<Arithmetic>& plan) {
  check_counts(check, args, 2, numbers, 0);
  check_int8(check, args);
  check_same_rows(check, args);
  plan.self = args.input[0];
  plan.other = args.input[1];
  plan.out = args.output;
}

template <class Arithmetic>
void run_pair(const PairPlan<Arithmetic>& plan, std::int32_t y) {
  const Arithmetic arithmetic = plan.arithmetic;
  const std::int8_t* self = plan.self.row(y);
  for_all(arithmetic, self, static_cast<const std::int8_t*>(plan.other.row(y)), plan.out.row_elements(), plan.out.row(y));
}

}  // namespace cortado::ops
