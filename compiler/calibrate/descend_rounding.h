// Rounding that minds its company: weights whose inputs vary together can make up for each other's rounding.
//
// With H the covariance of a layer's inputs, rounding row w to ŵ = s · q changes the layer's output by a variance of
//
//   (ŵ − w) · H · (ŵ − w)ᵀ
//
// (the mean is the bias's to correct). Coordinate descent from the nearest integers, in columns of decreasing H_jj:
//
//   R = (ŵ − w) · H,   q_j ← clamp(rint(q_j − R_j / (H_jj · s)), −127, 127),   R ← R + Δq_j · s · H_j
//
// until nothing changes, at most three times. What of H is the chance of its few positions would be fitted, too: off
// the diagonal H is multiplied by 1 − r, r the share of its power that chance explains, for n positions of normal
// numbers
//
//   r = min(1, Σ_i≠j (H_ii H_jj + H_ij²) / (n Σ_i≠j H_ij²))
//
// (Ledoit and Wolf's shrinkage, to the diagonal, with Schäfer and Strimmer's estimate). Source: OBQ and GPTQ minimise
// the same form; this is its plainest descent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cortado::compiler {

// Sums over samples for H: of the columns' products and of the columns.
class Covariance {
 public:
  explicit Covariance(std::size_t taps) : taps_(taps), products_(taps * taps), sums_(taps) {}

  std::size_t taps() const { return taps_; }
  // `columns`: [taps][positions]. The result depends on the order of the calls.
  void add(std::span<const float> columns, std::int64_t positions);
  // H, shrunk, and .01 · mean(diagonal) added to the diagonal, [taps][taps]; empty when the inputs do not vary, or
  // nothing was added.
  std::vector<float> damped() const;

 private:
  std::vector<double> centred() const;
  double chance(std::span<const double> h) const;  // r
  std::size_t taps_;
  std::vector<float> products_;
  std::vector<double> sums_;
  double count_ = 0;
};

// The order of the descent.
std::vector<std::size_t> by_decreasing_diagonal(std::span<const float> covariance, std::size_t taps);

// One row: `weight` and `rounded` have `order.size()` entries; `rounded` holds the nearest integers and is improved.
void descend_rounding(std::span<const float> weight, double scale, std::span<const float> covariance,
                      std::span<const std::size_t> order, std::span<std::int8_t> rounded);

}  // namespace cortado::compiler
