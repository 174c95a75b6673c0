// Bilinear interpolation with a triangle as wide as the reduction, in the fixed-point arithmetic of PIL for 8-bit
// images, so that samples prepared here and by torchvision agree to the bit.
#include <algorithm>
#include <cmath>

#include "formats/images/image.h"

namespace cortado::formats {
namespace {

constexpr int fraction_bits = 22;  // 32 bits − 8 of the pixel − 2 of headroom

// The input pixels that make one output pixel: out = Σ weight[i] · in[first + i] / 2^fraction_bits.
struct Taps {
  int first = 0;
  std::vector<std::int32_t> weight;
};

// c = (o + ½)·in/out is the centre of output o; weight(i) = max(0, 1 − |i + ½ − c| / s), s = max(in/out, 1), scaled to
// a sum of 1.
std::vector<Taps> taps_of(int input_size, int output_size) {
  const double step = static_cast<double>(input_size) / output_size;
  const double width = std::max(step, 1.0);
  std::vector<Taps> all(static_cast<std::size_t>(output_size));
  for (int o = 0; o < output_size; ++o) {
    const double centre = (o + 0.5) * step;
    const int first = std::max(0, static_cast<int>(centre - width + 0.5));
    const int end = std::min(input_size, static_cast<int>(centre + width + 0.5));
    std::vector<double> weight;
    double sum = 0;
    for (int i = first; i < end; ++i) {
      weight.push_back(std::max(0.0, 1.0 - std::fabs((i - centre + 0.5) * (1.0 / width))));
      sum += weight.back();
    }
    Taps& taps = all[static_cast<std::size_t>(o)];
    taps.first = first;
    for (const double w : weight)
      taps.weight.push_back(static_cast<std::int32_t>(0.5 + (sum != 0 ? w / sum : 0.0) * (1 << fraction_bits)));
  }
  return all;
}

std::uint8_t rounded(std::int32_t sum) { return static_cast<std::uint8_t>(std::clamp(sum >> fraction_bits, 0, 255)); }

// Resamples the dimension of size `input_size` between `outer` repetitions and `inner` bytes: [outer, size, inner].
std::vector<std::uint8_t> resample(const std::uint8_t* from, int outer, int input_size, int inner, int output_size) {
  const std::vector<Taps> all = taps_of(input_size, output_size);
  std::vector<std::uint8_t> result(static_cast<std::size_t>(outer) * static_cast<std::size_t>(output_size) *
                                   static_cast<std::size_t>(inner));
  std::uint8_t* to = result.data();
  const std::ptrdiff_t row = inner;
  for (int r = 0; r < outer; ++r, from += row * input_size)
    for (const Taps& taps : all)
      for (int i = 0; i < inner; ++i) {
        const std::uint8_t* in = from + row * taps.first + i;
        std::int32_t sum = 1 << (fraction_bits - 1);
        for (const std::int32_t weight : taps.weight) {
          sum += weight * *in;
          in += row;
        }
        *to++ = rounded(sum);
      }
  return result;
}

}  // namespace

ir::Tensor resize_image(const ir::Tensor& image, int height, int width) {
  const int from_height = static_cast<int>(image.shape()[0]);
  const int from_width = static_cast<int>(image.shape()[1]);
  const int channels = static_cast<int>(image.shape()[2]);
  std::vector<std::uint8_t> pixels(image.bytes().begin(), image.bytes().end());
  if (width != from_width) pixels = resample(pixels.data(), from_height, from_width, channels, width);
  if (height != from_height) pixels = resample(pixels.data(), 1, from_height, width * channels, height);
  ir::Tensor result(DType::u8, {height, width, channels});
  std::copy(pixels.begin(), pixels.end(), result.mutable_bytes().begin());
  return result;
}

}  // namespace cortado::formats
