#include "compiler/calibrate/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/operands.h"

namespace cortado::compiler {
namespace {

// Eight independent chains that a compiler may put into vector registers: the order of the additions, and so the
// result, is the same everywhere.
struct Lanes {
  static constexpr std::int64_t width = 8;
  float lo[width], hi[width];

  Lanes() {
    std::fill_n(lo, width, std::numeric_limits<float>::infinity());
    std::fill_n(hi, width, -std::numeric_limits<float>::infinity());
  }
  // The sum of x[0 … count); minimum and maximum go into the lanes.
  double add(const float* x, std::int64_t count) {
    double sum[width] = {};
    std::int64_t i = 0;
    for (; i + width <= count; i += width)
      for (std::int64_t lane = 0; lane < width; ++lane) {
        const float value = x[i + lane];
        lo[lane] = value < lo[lane] ? value : lo[lane];
        hi[lane] = value > hi[lane] ? value : hi[lane];
        sum[lane] += static_cast<double>(value);
      }
    for (std::int64_t lane = 0; i < count; ++i, ++lane) {
      lo[lane] = std::min(lo[lane], x[i]);
      hi[lane] = std::max(hi[lane], x[i]);
      sum[lane] += static_cast<double>(x[i]);
    }
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
  }
};

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
      for (std::int64_t c = 0; c < channels; ++c) sums[static_cast<std::size_t>(c)] += static_cast<double>(x[n * channels + c]);
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

Histogram::Histogram(Interval interval) : interval_(interval) {
  interval_.hi = std::max(interval_.hi, interval_.lo + 1e-9);
  if (!(interval_.hi > interval_.lo)) interval_.hi = std::nextafter(interval_.lo, std::numeric_limits<double>::max());
}

void Histogram::add(std::span<const float> values) {
  const double per_bin = static_cast<double>(bins) / (interval_.hi - interval_.lo);
  const double last = static_cast<double>(bins) - 1;
  for (const float x : values) {
    // max before min: the cast truncates, which is floor for what is not negative
    const double position = std::min(std::max((static_cast<double>(x) - interval_.lo) * per_bin, 0.0), last);
    ++counts_[static_cast<std::size_t>(static_cast<std::int32_t>(position))];
  }
}

void Histogram::add(const Histogram& other) {
  for (std::size_t i = 0; i < bins; ++i) counts_[i] += other.counts_[i];
}

std::vector<Histogram::Bin> Histogram::occupied() const {
  const double width = (interval_.hi - interval_.lo) / static_cast<double>(bins);
  const double zero = std::floor(-interval_.lo / width);
  std::vector<Bin> result;
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts_[i] == 0) continue;
    const auto index = static_cast<double>(i);
    result.push_back({index == zero ? 0.0 : interval_.lo + (index + 0.5) * width, static_cast<double>(counts_[i])});
  }
  return result;
}

}  // namespace cortado::compiler
