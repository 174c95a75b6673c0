#include "compiler/calibrate/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/operands.h"
#include "support/wide_vectors.h"

namespace cortado::compiler {
namespace {

// Eight independent chains in vector registers: the order of the additions, and so the result, is the same everywhere.
struct Lanes {
  static constexpr std::int64_t width = 8;
  float lo[width], hi[width];

  Lanes() {
    std::fill_n(lo, width, std::numeric_limits<float>::infinity());
    std::fill_n(hi, width, -std::numeric_limits<float>::infinity());
  }
  double add(const float* x, std::int64_t count);
};

// The sum of x[0 … count); minimum and maximum go into the lanes.
CORTADO_WIDE_VECTORS double add_to(float* lo, float* hi, const float* x, std::int64_t count) {
  constexpr std::int64_t width = Lanes::width;
  Floats8& low = *reinterpret_cast<Floats8*>(lo);
  Floats8& high = *reinterpret_cast<Floats8*>(hi);
  Floats8 smallest = low, largest = high;
  Doubles4 sums[2] = {};
  std::int64_t i = 0;
  for (; i + width <= count; i += width) {
    const Floats8 value = *reinterpret_cast<const Floats8*>(x + i);
    smallest = value < smallest ? value : smallest;
    largest = value > largest ? value : largest;
    sums[0] += __builtin_convertvector(*reinterpret_cast<const Floats4*>(x + i), Doubles4);
    sums[1] += __builtin_convertvector(*reinterpret_cast<const Floats4*>(x + i + 4), Doubles4);
  }
  low = smallest;
  high = largest;
  for (std::int64_t lane = 0; i < count; ++i, ++lane) {
    lo[lane] = std::min(lo[lane], x[i]);
    hi[lane] = std::max(hi[lane], x[i]);
    sums[lane / 4][lane % 4] += static_cast<double>(x[i]);
  }
  return ((sums[0][0] + sums[0][1]) + (sums[0][2] + sums[0][3])) +
         ((sums[1][0] + sums[1][1]) + (sums[1][2] + sums[1][3]));
}

double Lanes::add(const float* x, std::int64_t count) { return add_to(lo, hi, x, count); }

struct ChannelSplit {
  std::int64_t outer = 1, channels = 1, inner = 1;
};

ChannelSplit split(const ir::Shape& shape, int channel_axis) {
  if (channel_axis == no_channels || shape.empty()) return {1, 1, ir::element_count(shape)};
  const std::size_t axis = ops::Operands::dimension(channel_axis, shape.size());
  ChannelSplit split;
  for (std::size_t i = 0; i < shape.size(); ++i)
    (i < axis ? split.outer : i == axis ? split.channels : split.inner) *= shape[i];
  return split;
}

}  // namespace

SampleStatistics sample_statistics(const ir::Tensor& values, int channel_axis) {
  const auto [outer, channels, inner] = split(values.shape(), channel_axis);
  const float* x = values.data<float>();
  SampleStatistics statistics;
  Lanes lanes;
  double check = 0;  // finite exactly when all values are: 2^63 floats do not overflow a double
  std::vector<double> sums(static_cast<std::size_t>(channels));
  for (std::int64_t n = 0; n < outer; ++n) {
    if (inner == 1) {  // channels innermost: one row is one value of every channel
      check += lanes.add(x + n * channels, channels);
      for (std::int64_t c = 0; c < channels; ++c)
        sums[static_cast<std::size_t>(c)] += static_cast<double>(x[n * channels + c]);
      continue;
    }
    for (std::int64_t c = 0; c < channels; ++c) {
      const double sum = lanes.add(x + (n * channels + c) * inner, inner);
      sums[static_cast<std::size_t>(c)] += sum;
      check += sum;
    }
  }
  statistics.finite = std::isfinite(check);
  statistics.extremes = {*std::min_element(lanes.lo, lanes.lo + Lanes::width),
                         *std::max_element(lanes.hi, lanes.hi + Lanes::width)};
  if (channel_axis == no_channels) return statistics;
  for (double& sum : sums) sum /= static_cast<double>(outer * inner);
  statistics.channel_means = std::move(sums);
  return statistics;
}

}  // namespace cortado::compiler
