// Random operands of elementwise operators. Host and target, C++17.
#pragma once

#include "ops/cases.h"

namespace cortado::ops {

// Sizes of an output and of operands that broadcast to it, half of the time all equal.
struct BroadcastSizes {
  std::int32_t out[4], a[4], b[4];
  std::size_t rank, a_rank, b_rank;
  std::uint8_t order[4];  // of the output; of an operand of the same rank, half of the time
};

inline BroadcastSizes broadcast_sizes(Random& random) {
  BroadcastSizes s = {};
  s.rank = s.a_rank = s.b_rank = static_cast<std::size_t>(random.between(1, 4));
  const bool equal = random.chance(2);
  const bool last = s.rank == 4 && random.chance(2);
  constexpr std::uint8_t channels_last[4] = {0, 2, 3, 1};
  for (std::size_t i = 0; i < s.rank; ++i) {
    s.order[i] = last ? channels_last[i] : static_cast<std::uint8_t>(i);
    s.out[i] = s.a[i] = s.b[i] = random.between(1, i + 1 == s.rank ? 40 : 5);
    if (!equal && random.chance(2)) (random.chance(2) ? s.a : s.b)[i] = 1;
  }
  // Leading dimensions may be absent.
  if (!equal && random.chance(4)) {
    s.b_rank = static_cast<std::size_t>(random.between(0, static_cast<std::int32_t>(s.rank)));
    for (std::size_t i = 0; i < s.b_rank; ++i) s.b[i] = s.b[i + s.rank - s.b_rank];
  }
  return s;
}

// Tensors of these sizes: a, b and the output.
inline void broadcast_tensors(CaseBuilder& builder, DType in, DType out, Tensor& a, Tensor& b, Tensor& result) {
  Random& random = builder.random;
  const BroadcastSizes s = broadcast_sizes(random);
  a = builder.tensor(in, s.a, s.a_rank, random.chance(4) ? nullptr : s.order);
  b = builder.tensor(in, s.b, s.b_rank, s.b_rank != s.rank || random.chance(4) ? nullptr : s.order);
  result = builder.output(out, s.out, s.rank, s.order);
}

}  // namespace cortado::ops
