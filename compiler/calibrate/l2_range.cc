#include "compiler/calibrate/l2_range.h"

#include <algorithm>

#include "compiler/calibrate/int8_parameters.h"

namespace cortado::compiler {
namespace {

// Nearest integer, ties to even, for |x| < 2^51: the sum's last bit is worth 1. Unlike nearbyint it is no call.
double round_to_even(double x) {
  constexpr double magic = 6755399441055744.0;  // 1.5 · 2^52
  return (x + magic) - magic;
}

}  // namespace

double l2_cost(std::span<const Histogram::Bin> bins, Interval range) {
  const double scale = int8_scale(range);
  const double zero_point = round_to_even(-128 - range.lo / scale);
  const double lowest = -128 - zero_point;
  const double highest = 127 - zero_point;
  constexpr std::size_t lanes = 4;
  double sum[lanes] = {};
  const auto term = [&](const Histogram::Bin& bin) {
    const double level = std::min(std::max(round_to_even(bin.centre / scale), lowest), highest);
    const double error = level * scale - bin.centre;
    return bin.count * error * error;
  };
  std::size_t i = 0;
  for (; i + lanes <= bins.size(); i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += term(bins[i + lane]);
  for (std::size_t lane = 0; i < bins.size(); ++i, ++lane) sum[lane] += term(bins[i]);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

Interval l2_range(std::span<const Histogram::Bin> bins, Interval full) {
  constexpr int steps = 64;
  constexpr int rounds = 3;
  const Interval limit = {std::min(full.lo, 0.0), std::max(full.hi, 0.0)};
  Interval best = limit;
  double best_cost = l2_cost(bins, best);
  const auto search = [&](double Interval::* end) {
    bool moved = false;
    for (int k = steps; k > 0; --k) {
      Interval candidate = best;
      candidate.*end = limit.*end * (0.1 + 0.9 * k / steps);
      const double cost = l2_cost(bins, candidate);
      if (cost >= best_cost) continue;
      best_cost = cost;
      best = candidate;
      moved = true;
    }
    return moved;
  };
  for (int round = 0; round < rounds; ++round) {
    bool moved = search(&Interval::hi);
    if (limit.lo < 0) moved = search(&Interval::lo) || moved;
    if (!moved) break;
  }
  return best;
}

}  // namespace cortado::compiler
