// How often the numbers of a tensor fall into equal parts of the range that they turn out to have.
//
// The parts are [k·w, (k+1)·w) for k ≥ 0 and their mirror images, w a power of two. When a number does not fit, w
// doubles and pairs of parts become one, which is exact: the counts depend on nothing but the numbers, in whatever
// order and in whatever portions they come. So one pass over the samples is enough, on any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/calibrate/ranges.h"

namespace cortado::compiler {

class Histogram {
 public:
  // Parts on each side of zero. At least half of them are in use: eight or more for each step of int8.
  static constexpr int parts = 4096;

  // All finite, the smallest and the largest of them being `extremes`.
  void add(std::span<const float> values, Interval extremes);
  void add(const Histogram& other);

  // A part that was hit, as its centre and count. Zero is exact in int8 and frequent (relu, padding), so the two parts
  // beside it count as exactly 0. In ascending order.
  struct Bin {
    double centre;
    double count;
  };
  std::vector<Bin> occupied() const;

 private:
  void widen(int exponent);

  static constexpr int smallest_exponent = -100;   // so that parts / 2^exponent is a float
  int exponent_ = smallest_exponent;               // all numbers are in (−2^exponent, 2^exponent)
  std::array<std::uint64_t, 2 * parts> counts_{};  // part k at parts + k; the two beside zero share the place of k = 0
};

}  // namespace cortado::compiler
