// An operand of quantized_add, scaled (contract.h). Host and target, C++17.
#pragma once

#include "ops/add/contract.h"
#include "support/fixed_point.h"

namespace cortado::ops {

struct AddFactor {
  std::int32_t zero_point, multiplier, shift;

  std::int32_t scaled(std::int32_t value) const {
    return requantize((value - zero_point) * (1 << QuantizedAddArgs::left_shift), multiplier, shift);
  }
};

struct AddArithmetic {
  AddFactor self, other, output;
  std::int32_t activation_min, activation_max;

  std::int8_t operator()(std::int8_t a, std::int8_t b) const {
    const std::int32_t sum = wrapping_add(self.scaled(a), other.scaled(b));
    const std::int32_t result = wrapping_add(requantize(sum, output.multiplier, output.shift), output.zero_point);
    return static_cast<std::int8_t>(clamp(result, activation_min, activation_max));
  }
};

}  // namespace cortado::ops
