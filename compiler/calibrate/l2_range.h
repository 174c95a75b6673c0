// The range of an int8 tensor that loses least: the smallest sum of squared errors over a histogram.
#pragma once

#include <span>

#include "compiler/calibrate/histogram.h"
#include "compiler/calibrate/ranges.h"

namespace cortado::compiler {

// Σ count · (quantized(centre) − centre)² with the int8 parameters of [lo, hi], lo ≤ 0 ≤ hi.
double l2_cost(std::span<const Histogram::Bin> bins, Interval range);

// Coordinate descent from `full` (0 included): hi over H · (.1 + .9 k / 64), k = 64 … 1, then lo likewise when it is
// negative; at most three rounds; only a strictly smaller cost replaces.
Interval l2_range(std::span<const Histogram::Bin> bins, Interval full);

}  // namespace cortado::compiler
