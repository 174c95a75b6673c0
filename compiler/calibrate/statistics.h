// Extremes and means of one value while the float graph runs. Samples are merged in their order, so that no result
// depends on how they are spread over threads.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "ir/tensor.h"

namespace cortado::compiler {

// One value in one sample.
struct SampleStatistics {
  Interval extremes;                  // of this sample
  std::vector<double> channel_means;  // empty when not asked for
  bool finite = true;                 // no NaN or infinity; extremes and means are only meaningful then
};

constexpr int no_channels = INT32_MIN;

// `values` is f32 with at least one element. `channel_axis` (negative: from the end) asks for means, no_channels does
// not.
SampleStatistics sample_statistics(const ir::Tensor& values, int channel_axis);

}  // namespace cortado::compiler
