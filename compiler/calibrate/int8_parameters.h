// A range as int8 parameters.
#pragma once

#include "compiler/calibrate/ranges.h"
#include "ir/type.h"

namespace cortado::compiler {

// The range with 0 inside: 0 must be exact, for padding and for sparse activations.
Interval with_zero(Interval range);

// (hi − lo) / 255, never below the smallest scale whose reciprocal and products stay normal in f32.
double int8_scale(Interval range);

// scale = int8_scale, zero point = clamp(rint(−128 − lo / scale)); limits −128 … 127.
ir::Quantization int8_parameters(Interval range);

}  // namespace cortado::compiler
