#include "compiler/calibrate/int8_parameters.h"

#include <algorithm>
#include <cmath>

namespace cortado::compiler {

Interval with_zero(Interval range) { return {std::min(range.lo, 0.0), std::max(range.hi, 0.0)}; }

double int8_scale(Interval range) {
  constexpr double smallest_scale = 1e-9;
  const Interval wide = with_zero(range);
  return std::max((wide.hi - wide.lo) / 255, smallest_scale);
}

ir::Quantization int8_parameters(Interval range) {
  const double scale = int8_scale(range);
  const double zero_point = std::clamp(std::nearbyint(-128 - with_zero(range).lo / scale), -128.0, 127.0);
  return ir::quantization(scale, static_cast<std::int32_t>(zero_point));
}

}  // namespace cortado::compiler
