#include "compiler/calibrate/choose_range.h"

#include <algorithm>

#include "compiler/calibrate/l2_range.h"

namespace cortado::compiler {
namespace {

Interval scaled(Interval range, double factor) { return {range.lo * factor, range.hi * factor}; }

Interval hull(std::span<const Interval> intervals) {
  Interval all = intervals[0];
  for (const Interval& one : intervals) all = {std::min(all.lo, one.lo), std::max(all.hi, one.hi)};
  return all;
}

// Wide logits cost little, clipped ones tie at the maximum: the fewer samples, the more room.
double answer_growth(const SampleInfo& samples) {
  if (samples.synthetic) return 3;
  if (samples.count >= 50) return 1;
  if (samples.count >= 5) return 1.5;
  return samples.of_images ? 2.5 : std::max(1.5, 1 + 1.5 / static_cast<double>(samples.count));
}

// Room for what a few samples did not show. Tensors that the user chose are more typical than photographs are.
double unknown_growth(const SampleInfo& samples) {
  return samples.synthetic || samples.of_images ? 1.25 : 1 + 0.1 / static_cast<double>(samples.count);
}

// Samples beyond this quantile of the extremes are clipped: an unusual sample must not set the scale of all.
constexpr double extreme_quantile = 0.75;
// Of samples with fewer numbers than this (sensors, states, scores) the quantile would clip what is usual: n numbers
// with a bell curve reach 2.5 deviations in 100 and 3.4 in 1000.
constexpr double numbers_with_extremes = 1000;

Interval usual_range(std::span<const Interval> extremes, const Histogram& histogram) {
  const auto bins = histogram.occupied();
  const Interval best = l2_range(bins, hull(extremes));
  double numbers = 0;
  for (const Histogram::Bin& bin : bins) numbers += bin.count;
  if (numbers < numbers_with_extremes * static_cast<double>(extremes.size())) return best;
  std::vector<double> lows, highs;
  for (const Interval& sample : extremes) lows.push_back(sample.lo), highs.push_back(sample.hi);
  return {std::max(best.lo, quantile(lows, 1 - extreme_quantile)),
          std::min(best.hi, quantile(highs, extreme_quantile))};
}

}  // namespace

bool needs_histogram(const ValueRole& role, const SampleInfo& samples) {
  return samples.is_representative() && !role.is_answer && !role.is_state;
}

double quantile(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double position = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= values.size()) return values.back();
  return values[below] + (position - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

Interval choose_range(std::span<const Interval> extremes, const Histogram* histogram, const ValueRole& role,
                      const SampleInfo& samples) {
  // A few samples do not show the extremes of an input, but preprocessing tells them.
  if (role.is_input && role.limits && !samples.is_representative()) return *role.limits;
  Interval range;
  if (role.is_answer)
    range = scaled(hull(extremes), answer_growth(samples));
  else if (role.recorded)
    range = *role.recorded;
  else if (histogram != nullptr)
    range = usual_range(extremes, *histogram);
  else
    range = scaled(hull(extremes), unknown_growth(samples));
  if (role.limits) range = {std::max(range.lo, role.limits->lo), std::min(range.hi, role.limits->hi)};
  if (range.hi < range.lo) range.hi = range.lo;
  return range;
}

}  // namespace cortado::compiler
