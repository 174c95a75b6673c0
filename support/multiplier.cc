#include "support/multiplier.h"

#include <cmath>

namespace cortado {

Multiplier to_multiplier(double factor) {
  if (factor == 0.0 || !std::isfinite(factor)) return {};
  int exponent = 0;
  const double mantissa = std::frexp(factor, &exponent);
  auto fixed = static_cast<std::int64_t>(std::nearbyint(mantissa * 0x1p31));  // the default mode is half to even
  if (fixed == std::int64_t{1} << 31) {
    fixed /= 2;
    ++exponent;
  }
  return {static_cast<std::int32_t>(fixed), exponent};
}

}  // namespace cortado
