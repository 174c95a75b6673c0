// The arguments of reductions, as their formulas pass them on. Host.
#pragma once

#include "ops/operands.h"

namespace cortado::ops::reduce {

// The dimensions, all of them where the operator has none.
inline std::vector<std::int64_t> dims_of(const Operands& operands) {
  if (operands.has("dim") && !operands.integers("dim").empty()) return operands.integers("dim");
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < operands.shape("self").size(); ++i) dims.push_back(static_cast<std::int64_t>(i));
  return dims;
}

inline bool keepdim_of(const Operands& operands) { return operands.has("keepdim") && operands.flag("keepdim"); }

// What is taken off the number of elements that a variance divides by.
inline double correction_of(const Operands& operands) {
  if (operands.has("correction")) return operands.number("correction");
  return operands.has("unbiased") && !operands.flag("unbiased") ? 0 : 1;
}

}  // namespace cortado::ops::reduce
