// One output of four columns of two rows at a time in Helium assembly, written by scripts/helium/quads.py. Host and target,
// C++17. For rows in neighbouring slots, and the form at_limit.
#pragma once

#include <cstdint>

namespace cortado::ops {

struct QuadArguments {
  const std::int8_t *x, *second;  // patches of 16, 24 or 32 bytes, side by side, of each row
  std::int32_t quads;             // ≥ 1
  std::int32_t plane;             // bytes from output to output
  std::int8_t* out;               // of the first column of the first row and the first output
  const std::int8_t* weights;     // 16-aligned; PlanarConv2dStage's constant
  std::int32_t channels;          // ≥ 1
};

#if defined(__ARM_FEATURE_MVE)
extern "C" {
void cortado_quads_16(const QuadArguments*);
void cortado_quads_24(const QuadArguments*);
void cortado_quads_32(const QuadArguments*);
void cortado_quads_16_8(const QuadArguments*);
void cortado_quads_24_8(const QuadArguments*);
void cortado_quads_32_8(const QuadArguments*);
}
constexpr bool has_quad_kernel(std::int32_t step) { return step == 16 || step == 24 || step == 32; }
inline void run_quad_kernel(std::int32_t step, std::int32_t slots, const QuadArguments& arguments) {
  if (slots == 4) (step == 16 ? cortado_quads_16 : step == 24 ? cortado_quads_24 : cortado_quads_32)(&arguments);
  else (step == 16 ? cortado_quads_16_8 : step == 24 ? cortado_quads_24_8 : cortado_quads_32_8)(&arguments);
}
#else
constexpr bool has_quad_kernel(std::int32_t) { return false; }
inline void run_quad_kernel(std::int32_t, std::int32_t, const QuadArguments&) {}
#endif

}  // namespace cortado::ops
