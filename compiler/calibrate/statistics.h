// What is measured of one value while the float graph runs.
//
// Everything is merged in the order of the samples or is an integer sum, so that no result depends on how samples
// are spread over threads.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "ir/tensor.h"

namespace cortado::compiler {

// Pass 1, one value in one sample.
struct SampleStatistics {
  Interval extremes;                  // of this sample
  std::vector<double> channel_means;  // empty when not asked for
  bool finite = true;                 // no NaN or infinity; extremes and means are only meaningful then
};

constexpr int no_channels = INT32_MIN;

// `values` is f32 with at least one element. `channel_axis` (negative: from the end) asks for means, no_channels does
// not.
SampleStatistics sample_statistics(const ir::Tensor& values, int channel_axis);

// Pass 2: how often the values of all samples fall into each of 4096 equal parts of [lo, hi].
class Histogram {
 public:
  static constexpr std::size_t bins = 4096;

  explicit Histogram(Interval interval);  // widened a little when it is empty
  // bin = clamp(floor((x − lo) · bins / (hi − lo)), 0, bins − 1), for finite x
  void add(std::span<const float> values);
  void add(const Histogram& other);  // of the same interval

  // A bin that was hit, as its centre and count. Zero is exact in int8 and frequent (relu, padding), so the bin that
  // holds it counts as exactly 0.
  struct Bin {
    double centre;
    double count;
  };
  std::vector<Bin> occupied() const;

 private:
  Interval interval_;
  std::array<std::uint64_t, bins> counts_{};
};

}  // namespace cortado::compiler
