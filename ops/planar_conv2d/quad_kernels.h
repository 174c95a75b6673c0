// One output of four pixels at a time in Helium assembly, written by scripts/helium/quads.py. Host and target, C++17.
// For planes of 4 slots and the form at_limit.
#pragma once

#include <cstdint>

namespace cortado::ops {

struct QuadArguments {
  const std::int8_t* x;        // patches of 16, 24 or 32 bytes, side by side
  std::int8_t* out;            // of the first pixel and the first output
  const std::int8_t* weights;  // 16-aligned; PlanarConv2dStage's constant
  std::int32_t channels, quads;  // ≥ 1
  std::int32_t plane;          // bytes from output to output
};

#if defined(__ARM_FEATURE_MVE)
extern "C" {
void cortado_quads_16(const QuadArguments*);
void cortado_quads_24(const QuadArguments*);
void cortado_quads_32(const QuadArguments*);
}
// False: there is no kernel for patches of this size.
inline bool run_quad_kernel(std::int32_t step, const QuadArguments& arguments) {
  if (step != 16 && step != 24 && step != 32) return false;
  (step == 16 ? cortado_quads_16 : step == 24 ? cortado_quads_24 : cortado_quads_32)(&arguments);
  return true;
}
#else
inline bool run_quad_kernel(std::int32_t, const QuadArguments&) { return false; }
#endif

}  // namespace cortado::ops
