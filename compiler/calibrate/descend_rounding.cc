#include "compiler/calibrate/descend_rounding.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ops/host/onednn.h"

namespace cortado::compiler {
namespace {

void add_multiple(float factor, const float* row, std::vector<float>& sum) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * row[i];
}

}  // namespace

void Covariance::add(std::span<const float> columns, std::int64_t positions) {
  const auto taps = static_cast<std::int64_t>(taps_);
  std::vector<float> products(taps_ * taps_);
  ops::multiply_matrices(taps, taps, positions, columns.data(), columns.data(), true, products.data());
  for (std::size_t i = 0; i < products.size(); ++i) products_[i] += products[i];
  const auto length = static_cast<std::size_t>(positions);
  for (std::size_t k = 0; k < taps_; ++k)
    for (std::size_t p = 0; p < length; ++p) sums_[k] += static_cast<double>(columns[k * length + p]);
  count_ += static_cast<double>(positions);
}

std::vector<double> Covariance::centred() const {
  std::vector<double> h(products_.size());
  for (std::size_t i = 0; i < taps_; ++i)
    for (std::size_t j = 0; j < taps_; ++j) {
      const double means = sums_[i] / count_ * (sums_[j] / count_);
      h[i * taps_ + j] = static_cast<double>(products_[i * taps_ + j]) / count_ - means;
    }
  for (std::size_t i = 0; i < taps_; ++i) h[i * taps_ + i] = std::max(h[i * taps_ + i], 0.0);
  return h;
}

double Covariance::chance(std::span<const double> h) const {
  double trace = 0, squares = 0, diagonal = 0;
  for (std::size_t i = 0; i < taps_; ++i) {
    const double own = h[i * taps_ + i];
    trace += own;
    diagonal += own * own;
    for (std::size_t j = 0; j < taps_; ++j) squares += h[i * taps_ + j] * h[i * taps_ + j];
  }
  const double off_diagonal = squares - diagonal, by_chance = (trace * trace - diagonal + off_diagonal) / count_;
  return by_chance < off_diagonal ? by_chance / off_diagonal : 1;
}

std::vector<float> Covariance::damped() const {
  constexpr double damping = 0.01;
  if (count_ == 0) return {};
  const std::vector<double> centred = this->centred();
  double trace = 0;
  for (std::size_t i = 0; i < taps_; ++i) trace += centred[i * taps_ + i];
  const double added = damping * trace / static_cast<double>(taps_);
  if (!(static_cast<float>(added) > 0) || !std::isfinite(static_cast<float>(added))) return {};
  const double kept = 1 - chance(centred);
  std::vector<float> h(products_.size());
  for (std::size_t i = 0; i < taps_; ++i) {
    for (std::size_t j = 0; j < taps_; ++j) h[i * taps_ + j] = static_cast<float>(kept * centred[i * taps_ + j]);
    h[i * taps_ + i] = static_cast<float>(centred[i * taps_ + i] + added);
  }
  return h;
}

std::vector<std::size_t> by_decreasing_diagonal(std::span<const float> covariance, std::size_t taps) {
  std::vector<std::size_t> order(taps);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return covariance[a * taps + a] > covariance[b * taps + b]; });
  return order;
}

void descend_rounding(std::span<const float> weight, double scale, std::span<const float> covariance,
                      std::span<const std::size_t> order, std::span<std::int8_t> rounded) {
  constexpr int sweeps = 3;
  const std::size_t taps = order.size();
  std::vector<float> gradient(taps);  // R
  for (std::size_t k = 0; k < taps; ++k) {
    const auto error = static_cast<float>(rounded[k] * scale - static_cast<double>(weight[k]));
    if (error != 0) add_multiple(error, &covariance[k * taps], gradient);
  }
  bool moved = true;
  for (int sweep = 0; sweep < sweeps && moved; ++sweep) {
    moved = false;
    for (const std::size_t j : order) {
      const double step = static_cast<double>(gradient[j]) / (static_cast<double>(covariance[j * taps + j]) * scale);
      const double better = std::clamp(std::nearbyint(rounded[j] - step), -127.0, 127.0);
      const double change = better - rounded[j];
      if (change == 0) continue;
      rounded[j] = static_cast<std::int8_t>(better);
      add_multiple(static_cast<float>(change * scale), &covariance[j * taps], gradient);
      moved = true;
    }
  }
}

}  // namespace cortado::compiler
