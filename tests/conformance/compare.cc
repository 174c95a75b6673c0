#include "tests/conformance/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace cortado::conformance {
namespace {

std::string describe(const ir::Tensor& tensor) {
  std::string text = std::string(name(tensor.dtype())) + "[";
  for (std::size_t i = 0; i < tensor.rank(); ++i) text += (i ? "," : "") + std::to_string(tensor.shape()[i]);
  return text + "]";
}

std::string compare_types(const ir::Tensor& ours, const ir::Tensor& reference) {
  if (ours.dtype() == reference.dtype() && ours.shape() == reference.shape()) return {};
  return fmt::format("is {} instead of {}", describe(ours), describe(reference));
}

bool both_nan(double a, double b) { return std::isnan(a) && std::isnan(b); }

// Mean absolute difference.
double mean_error(const ir::Tensor& a, const ir::Tensor& b) {
  double sum = 0;
  for (std::int64_t i = 0; i < a.elements(); ++i) {
    const double x = a.as_double(i), y = b.as_double(i);
    if (x != y && !both_nan(x, y)) sum += std::abs(x - y);
  }
  return a.elements() == 0 ? 0 : sum / static_cast<double>(a.elements());
}

}  // namespace

double largest_error_steps(const ir::Tensor& ours, const ir::Tensor& truth) {
  if (!is_float(truth.dtype())) return 0;
  double lo = 0, hi = 0, largest = 0;
  for (std::int64_t i = 0; i < truth.elements(); ++i) {
    const double x = ours.as_double(i), y = truth.as_double(i);
    if (std::isfinite(y)) {
      lo = std::min(lo, y);
      hi = std::max(hi, y);
    }
    if (x == y || both_nan(x, y)) continue;
    const double error = std::abs(x - y);
    largest = std::max(largest, std::isnan(error) ? std::numeric_limits<double>::infinity() : error);
  }
  return largest == 0 ? 0 : largest / ((hi - lo) / 255);
}

std::string compare_exact(const ir::Tensor& ours, const ir::Tensor& reference, bool float_operators) {
  if (std::string error = compare_types(ours, reference); !error.empty()) return error;
  std::int64_t wrong = 0, first = 0;
  double largest = 0;
  const std::size_t size = size_bytes(ours.dtype());
  for (std::int64_t i = 0; i < ours.elements(); ++i) {
    const std::size_t offset = static_cast<std::size_t>(i) * size;
    if (std::memcmp(ours.bytes().data() + offset, reference.bytes().data() + offset, size) == 0) continue;
    const double x = ours.as_double(i), y = reference.as_double(i);
    const double limit = is_float(ours.dtype()) ? std::abs(y) / 3e6 : 1;
    if (float_operators && (x == y || both_nan(x, y) || std::abs(x - y) <= limit)) continue;
    if (wrong++ == 0) first = i;
    largest = std::max(largest, std::abs(x - y));
  }
  if (wrong == 0) return {};
  return fmt::format("{} of {} elements differ, by up to {:.6g}; the first is [{}]: {:.9g} instead of {:.9g}", wrong,
                     ours.elements(), largest, first, ours.as_double(first), reference.as_double(first));
}

std::string compare_within(const ir::Tensor& ours, const ir::Tensor& reference, double scale, double atol, double qtol,
                           double rtol) {
  if (std::string error = compare_types(ours, reference); !error.empty()) return error;
  for (std::int64_t i = 0; i < ours.elements(); ++i) {
    const double x = ours.as_double(i), y = reference.as_double(i);
    if (x == y || both_nan(x, y)) continue;
    const double limit = atol + qtol * scale + rtol * std::abs(y);
    if (!(std::abs(x - y) <= limit)) return fmt::format("[{}] is {:.9g} instead of {:.9g} ± {:.3g}", i, x, y, limit);
  }
  return {};
}

std::string compare_accuracy(const ir::Tensor& ours, const ir::Tensor& truth, const ir::Tensor* quantized,
                             bool generous) {
  if (std::string error = compare_types(ours, truth); !error.empty()) return error;
  if (ours.elements() == 0) return {};
  if (!is_float(truth.dtype())) {
    std::int64_t differ = 0;
    for (std::int64_t i = 0; i < truth.elements(); ++i) differ += ours.as_int(i) != truth.as_int(i);
    if (static_cast<double>(differ) <= 0.02 * static_cast<double>(truth.elements())) return {};
    return fmt::format("{} of {} elements differ", differ, truth.elements());
  }
  double lo = truth.as_double(0), hi = lo;
  for (std::int64_t i = 0; i < truth.elements(); ++i) {
    lo = std::min(lo, truth.as_double(i));
    hi = std::max(hi, truth.as_double(i));
  }
  double limit = quantized == nullptr
                     ? 0
                     : 1.05 * mean_error(*quantized, truth) +
                           std::max(0.5 * (hi - lo) / 255, 0.004 * std::max(std::abs(lo), std::abs(hi)));
  if (generous || quantized == nullptr) limit = std::max(limit, 0.02 * (hi - lo));
  const double error = mean_error(ours, truth);
  if (error <= limit) return {};
  return fmt::format("mean absolute error {:.4g}, allowed {:.4g} (range {:.4g} … {:.4g})", error, limit, lo, hi);
}

}  // namespace cortado::conformance
