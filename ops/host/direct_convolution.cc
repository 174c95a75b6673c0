#include "ops/host/direct_convolution.h"

#include <algorithm>

#include "support/wide_vectors.h"

namespace cortado::ops {
namespace {

using Int = std::int64_t;

bool all(const std::vector<Int>& list, Int value) {
  return std::all_of(list.begin(), list.end(), [&](Int entry) { return entry == value; });
}

Int product(const std::vector<Int>& sizes) {
  Int result = 1;
  for (const Int size : sizes) result *= size;
  return result;
}

// One dimension of a window. The padded input is cut into as many phases as the stride is long, phase p holding its
// positions p, p + stride, …: so all that a tap reads for a row of results lies side by side.
struct Dimension {
  Int in, out, stride, dilation, padding, length;
  Dimension(const Convolution& c, std::size_t d)
      : in(c.in[d]),
        out(c.out[d]),
        stride(c.stride[d]),
        dilation(c.dilation[d]),
        padding(c.pad_low[d]),
        length(out + (c.kernel[d] - 1) * dilation / stride) {}
  Int phase(Int tap) const { return tap * dilation % stride; }
  Int shift(Int tap) const { return tap * dilation / stride; }
};

constexpr Int block = 32;  // results at a time, in registers

// The phases of one plane, and where each tap begins in them. Results are computed for whole rows of the phases, some
// more than there are, in one run.
struct Plane {
  Dimension rows, columns;
  std::vector<Int> offsets;  // of the taps
  Int count;                 // of results, rounded up to blocks
  std::vector<float> padded, results;

  explicit Plane(const Convolution& c)
      : rows(c, 0), columns(c, 1), count((rows.out * columns.length + block - 1) / block * block) {
    const Int phase_size = rows.length * columns.length;
    for (Int y = 0; y < c.kernel[0]; ++y)
      for (Int x = 0; x < c.kernel[1]; ++x)
        offsets.push_back((rows.phase(y) * columns.stride + columns.phase(x)) * phase_size +
                          rows.shift(y) * columns.length + columns.shift(x));
    padded.resize(static_cast<std::size_t>(rows.stride * columns.stride * phase_size + block + columns.length));
    results.resize(static_cast<std::size_t>(count));
  }
  // Positions that no tap reads are left out; the padding stays zero from plane to plane.
  void fill(const float* x) {
    const Int phase_size = rows.length * columns.length;
    for (Int y = 0; y < rows.in; ++y, x += columns.in) {
      const Int row = y + rows.padding;
      if (row / rows.stride >= rows.length) break;
      fill_row(x, padded.data() + row % rows.stride * columns.stride * phase_size + row / rows.stride * columns.length);
    }
  }

 private:
  void fill_row(const float* x, float* to) const {
    if (columns.stride == 1) {
      std::copy_n(x, std::min(columns.in, columns.length - columns.padding), to + columns.padding);
      return;
    }
    for (Int i = 0; i < columns.stride; ++i) {  // the input's columns i, i + stride, …
      const Int first = i + columns.padding;
      const Int fit =
          std::min((columns.in - i + columns.stride - 1) / columns.stride, columns.length - first / columns.stride);
      float* phase = to + first % columns.stride * rows.length * columns.length + first / columns.stride;
      for (Int k = 0; k < fit; ++k) phase[k] = x[i + k * columns.stride];
    }
  }
};

CORTADO_WIDE_VECTORS void sum_taps(const float* x, const Int* offsets, const float* w, Int taps, float bias, Int count,
                                   float* y) {
  for (Int i = 0; i < count; i += block) {
    Floats8 a = Floats8{} + bias, b = a, c = a, d = a;
    for (Int tap = 0; tap < taps; ++tap) {
      const Floats8* from = reinterpret_cast<const Floats8*>(x + offsets[tap] + i);
      a += w[tap] * from[0];
      b += w[tap] * from[1];
      c += w[tap] * from[2];
      d += w[tap] * from[3];
    }
    Floats8* to = reinterpret_cast<Floats8*>(y + i);
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
  }
}

}  // namespace

bool is_pointwise(const Convolution& c) {
  return !c.transposed && c.groups == 1 && all(c.kernel, 1) && all(c.stride, 1) && all(c.pad_low, 0) &&
         all(c.pad_high, 0);
}

bool is_depthwise(const Convolution& c) {
  return !c.transposed && c.kernel.size() == 2 && c.groups > 1 && c.in_channels == c.groups;
}

void convolve_pointwise(const Convolution& c, const float* x, const float* weight, const float* bias, float* y) {
  const Int area = product(c.out);
  for (Int n = 0; n < c.batch; ++n) {
    float* to = y + n * c.out_channels * area;
    multiply_matrices(c.out_channels, area, c.in_channels, weight, x + n * c.in_channels * area, false, to);
    for (Int o = 0; bias != nullptr && o < c.out_channels; ++o)
      for (Int i = 0; i < area; ++i) to[o * area + i] += bias[o];
  }
}

void convolve_depthwise(const Convolution& c, const float* x, const float* weight, const float* bias, float* y) {
  Plane plane(c);
  const Int each = c.out_channels / c.groups, taps = product(c.kernel), in_area = product(c.in);
  for (Int n = 0; n < c.batch * c.out_channels; ++n) {
    const Int channel = n % c.out_channels;
    if (channel % each == 0) plane.fill(x + (n / c.out_channels * c.in_channels + channel / each) * in_area);
    sum_taps(plane.padded.data(), plane.offsets.data(), weight + channel * taps, taps,
             bias != nullptr ? bias[channel] : 0.0f, plane.count, plane.results.data());
    for (Int row = 0; row < plane.rows.out; ++row, y += plane.columns.out)
      std::copy_n(plane.results.data() + row * plane.columns.length, plane.columns.out, y);
  }
}

}  // namespace cortado::ops
