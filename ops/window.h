// Sliding windows of convolutions and pools along one dimension. Host and target, C++17.
#pragma once

#include "ops/checks.h"

namespace cortado::ops {

// Output position o reads taps k = 0 … kernel−1 at o · stride − padding + k · dilation.
struct Window {
  std::int32_t input = 0, output = 0;  // sizes
  std::int32_t kernel = 1, stride = 1, padding = 0, dilation = 1;

  std::int32_t start(std::int32_t o) const { return o * stride - padding; }
};

// Entry i of a list with one number per dimension, one for all, or none.
inline std::int64_t entry(const IntList& list, std::size_t i, std::int64_t otherwise) {
  return list.count == 0 ? otherwise : list[list.count == 1 ? 0 : i];
}

// The taps of one output position that lie inside the input.
struct Taps {
  std::int32_t first = 0, last = 0;  // first … last − 1; empty when last ≤ first
};

inline Taps taps_of(const Window& window, std::int32_t o) {
  const std::int32_t start = window.start(o);
  const std::int32_t end = window.input - start;
  Taps taps;
  if (start < 0) taps.first = window.dilation == 1 ? -start : (-start + window.dilation - 1) / window.dilation;
  taps.last = window.dilation == 1 ? end : end <= 0 ? 0 : (end + window.dilation - 1) / window.dilation;
  if (taps.last > window.kernel) taps.last = window.kernel;
  return taps;
}

// The output positions whose taps all lie inside: begin … end − 1.
struct Interior {
  std::int32_t begin = 0, end = 0;
};

inline Interior interior_of(const Window& window) {
  const std::int32_t room =
      window.input + window.padding - (window.kernel - 1) * window.dilation;  // start(o) < room − padding
  Interior interior;
  interior.begin = (window.padding + window.stride - 1) / window.stride;
  interior.end = room > 0 ? (room + window.stride - 1) / window.stride : 0;
  if (interior.end > window.output) interior.end = window.output;
  if (interior.begin > interior.end) interior.begin = interior.end;
  return interior;
}

// PyTorch's output size of a convolution, and of a pool; in ceil_mode a last window that begins inside the input or
// its left padding counts. −1 when the window does not fit at all.
inline std::int32_t window_output(const Window& window, bool ceil_mode = false) {
  const std::int32_t span = window.input + 2 * window.padding - (window.kernel - 1) * window.dilation - 1;
  if (span < 0) return -1;
  std::int32_t output = (span + (ceil_mode ? window.stride - 1 : 0)) / window.stride + 1;
  if (ceil_mode && (output - 1) * window.stride >= window.input + window.padding) --output;
  return output;
}

// One dimension of the geometry whose numbers are so small that no index computed from them overflows. Whether `output`
// fits them is the caller's to check.
inline Window bounded_window(Check& check, std::int64_t input, std::int64_t output, std::int64_t kernel,
                             std::int64_t stride, std::int64_t padding, std::int64_t dilation) {
  constexpr std::int64_t limit = 1 << 14;
  Window window;
  check.range("input size", input, 1, 1 << 28)
      .range("kernel size", kernel, 1, limit)
      .range("stride", stride, 1, limit)
      .range("padding", padding, 0, limit)
      .range("dilation", dilation, 1, limit);
  if (!check.ok()) return window;
  window.input = static_cast<std::int32_t>(input);
  window.output = static_cast<std::int32_t>(output);
  window.kernel = static_cast<std::int32_t>(kernel);
  window.stride = static_cast<std::int32_t>(stride);
  window.padding = static_cast<std::int32_t>(padding);
  window.dilation = static_cast<std::int32_t>(dilation);
  return window;
}

// The same with the output's size checked.
inline Window checked_window(Check& check, std::int64_t input, std::int64_t output, std::int64_t kernel,
                             std::int64_t stride, std::int64_t padding, std::int64_t dilation, bool ceil_mode = false) {
  const Window window = bounded_window(check, input, output, kernel, stride, padding, dilation);
  if (check.ok()) check.equal("out", "'s size along a window", output, window_output(window, ceil_mode));
  return window;
}

}  // namespace cortado::ops
