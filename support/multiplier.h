// A real factor as the fixed-point pair of support/fixed_point.h. Host.
#pragma once

#include <cstdint>

namespace cortado {

struct Multiplier {
  std::int32_t multiplier = 0;  // 0 for factor 0, else 2^30 … 2^31 − 1
  std::int32_t shift = 0;       // factor = multiplier · 2^(shift − 31)
};

// ExecuTorch's quantize_multiplier_aot: mantissa · 2^31 rounded half to even, exponent as frexp gives it.
Multiplier to_multiplier(double factor);

}  // namespace cortado
