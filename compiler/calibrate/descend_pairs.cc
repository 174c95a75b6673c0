#include "compiler/calibrate/descend_pairs.h"

#include <cmath>
#include <vector>

namespace cortado::compiler {
namespace {

struct Move {
  std::size_t i = 0, j = 0;  // the same: one weight
  int a = 0, b = 0;
  double change = 0;  // of the cost
};

class Row {
 public:
  Row(std::span<const float> weight, double scale, std::span<const float> covariance, std::span<std::int8_t> rounded)
      : scale_(scale), h_(covariance.begin(), covariance.end()), rounded_(rounded), gradient_(weight.size()) {
    for (std::size_t k = 0; k < weight.size(); ++k) add(k, rounded[k] * scale - static_cast<double>(weight[k]));
    for (std::size_t k = 0; k < weight.size(); ++k) trace_ += at(k, k);
  }

  // The best; its change is 0 where none takes off more than the rounding of these sums.
  Move best() const {
    Move best;
    best.change = -1e-9 * scale_ * scale_ * trace_;
    const double worst = best.change;
    for (std::size_t i = 0; i < gradient_.size(); ++i)
      for (const int a : {1, -1}) {
        if (!fits(i, a)) continue;
        const double alone = change_of(i, a);
        if (alone < best.change) best = {i, i, a, 0, alone};
        for (std::size_t j = i + 1; j < gradient_.size(); ++j)
          for (const int b : {1, -1}) {
            const double both = alone + change_of(j, b) + 2 * a * b * scale_ * scale_ * at(i, j);
            if (both < best.change && fits(j, b)) best = {i, j, a, b, both};
          }
      }
    return best.change < worst ? best : Move();
  }

  void make(const Move& move) {
    step(move.i, move.a);
    if (move.j != move.i) step(move.j, move.b);
  }

 private:
  double at(std::size_t i, std::size_t j) const { return h_[i * gradient_.size() + j]; }
  bool fits(std::size_t k, int steps) const { return std::abs(rounded_[k] + steps) <= 127; }
  double change_of(std::size_t k, int steps) const {
    return scale_ * scale_ * at(k, k) + 2 * scale_ * steps * gradient_[k];
  }

  void step(std::size_t k, int steps) {
    rounded_[k] = static_cast<std::int8_t>(rounded_[k] + steps);
    add(k, steps * scale_);
  }
  void add(std::size_t k, double error) {
    for (std::size_t i = 0; i < gradient_.size(); ++i) gradient_[i] += error * at(k, i);
  }

  double scale_, trace_ = 0;
  std::vector<double> h_;
  std::span<std::int8_t> rounded_;
  std::vector<double> gradient_;  // R
};

}  // namespace

void descend_pairs(std::span<const float> weight, double scale, std::span<const float> covariance,
                   std::span<std::int8_t> rounded) {
  Row row(weight, scale, covariance, rounded);
  const std::size_t most_moves = 4 * weight.size();
  for (std::size_t moves = 0; moves < most_moves; ++moves) {
    const Move move = row.best();
    if (move.change == 0) return;
    row.make(move);
  }
}

}  // namespace cortado::compiler
