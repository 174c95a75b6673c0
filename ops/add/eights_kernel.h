// Sums of int8, eight elements at a time in Helium assembly, written by scripts/helium/add.py. Host and target, C++17.
//
// As AddArithmetic (factor.h) where one operand has the factor 2^30 · 2^(0 − 31), as one of them has always, the other
// a shift below 0, the output's is at least −22, and the limits are those of int8: ops/packed_output.h explains the
// form of the last step. If the other has that factor, too, it is taken for one of the shift −1 whose factor is twice
// that: both are exact.
#pragma once

#include <cstdint>

namespace cortado::ops {

struct AddEights {
  const std::int8_t *halved, *other;
  std::int8_t* out;                          // may be one of them
  std::int32_t eights;                       // ≥ 1
  std::int32_t halved_factor, other_factor;  // 2^19; 2^20 or 2^21
  std::int32_t halved_offset;                // −zero point · factor
  std::int32_t other_offset, other_multiplier, other_shift;
  std::int32_t output_multiplier, output_offset, top_byte_shift;  // zero point · 2^s + 2^(s − 1), 24 − s
};

#if defined(__ARM_FEATURE_MVE)
constexpr bool has_add_kernel = true;
extern "C" void cortado_add_eights(const AddEights* arguments);
extern "C" void cortado_add_eights_at_limit(const AddEights* arguments);
// is_at_limit: the output's zero point is -128.
inline void run_add_kernel(bool is_at_limit, const AddEights& arguments) {
  (is_at_limit ? cortado_add_eights_at_limit : cortado_add_eights)(&arguments);
}
#else
constexpr bool has_add_kernel = false;
inline void run_add_kernel(bool, const AddEights&) {}
#endif

}  // namespace cortado::ops
