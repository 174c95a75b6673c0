#include "compiler/calibrate/synthetic_images.h"

#include <algorithm>
#include <cmath>

namespace cortado::compiler {
namespace {

using Plane = std::vector<float>;

float clamped(double pixel) { return static_cast<float>(std::clamp(pixel, 0.0, 1.0)); }

std::size_t at(int y, int x, int width) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
}

std::array<double, 3> random_colour(Random& random) { return {random.uniform(), random.uniform(), random.uniform()}; }

// A disc or a turned box, brighter to one side.
struct Leaf {
  double y, x, radius, cosine, sine, box_ratio, slope_y, slope_x;
  bool is_disc;
  std::array<double, 3> colour;

  Leaf(double size_y, double size_x, double r, Random& random) : radius(r) {
    y = random.uniform() * size_y * 264 / 224 - size_y * 20 / 224;
    x = random.uniform() * size_x * 264 / 224 - size_x * 20 / 224;
    is_disc = random.uniform() < 0.5;
    box_ratio = random.uniform();
    const double angle = 2 * std::numbers::pi * random.uniform();
    cosine = std::cos(angle);
    sine = std::sin(angle);
    const double slope = 0.4 * random.normal() / (2 * r + 1);
    slope_y = slope * random.normal();
    slope_x = slope * random.normal();
    colour = random_colour(random);
  }
  bool covers(double dy, double dx) const {
    if (is_disc) return dy * dy + dx * dx < radius * radius;
    return std::fabs(dy * cosine + dx * sine) < radius && std::fabs(dx * cosine - dy * sine) < radius * box_ratio;
  }
  void paint(SyntheticImage& image) const {
    const double reach = radius * std::numbers::sqrt2;
    const int top = std::max(0, static_cast<int>(y - reach)),
              bottom = std::min(image.height - 1, static_cast<int>(y + reach) + 1);
    const int left = std::max(0, static_cast<int>(x - reach)),
              right = std::min(image.width - 1, static_cast<int>(x + reach) + 1);
    for (int row = top; row <= bottom; ++row)
      for (int column = left; column <= right; ++column) {
        const double dy = row - y, dx = column - x;
        if (!covers(dy, dx)) continue;
        const double brightness = 1 + slope_y * dy + slope_x * dx;
        for (std::size_t c = 0; c < 3; ++c)
          image.channels[c][at(row, column, image.width)] = static_cast<float>(colour[c] * brightness);
      }
  }
};

// Bilinear interpolation between random numbers `step` pixels apart, added with unit variance.
void add_octave(Plane& plane, int height, int width, int step, Random& random) {
  const int rows = height / step + 2, columns = width / step + 2;
  std::vector<double> grid(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  for (double& point : grid) point = random.normal();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double fy = static_cast<double>(y % step) / step, fx = static_cast<double>(x % step) / step;
      const auto point = [&](int dy, int dx) { return grid[at(y / step + dy, x / step + dx, columns)]; };
      const double sum =
          (1 - fy) * ((1 - fx) * point(0, 0) + fx * point(0, 1)) + fy * ((1 - fx) * point(1, 0) + fx * point(1, 1));
      plane[at(y, x, width)] += static_cast<float>(sum);
    }
}

// Mean 0, deviation 1.
Plane noise_plane(int height, int width, Random& random) {
  Plane plane(static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  for (int step = 1; step < std::max(height, width); step *= 2) add_octave(plane, height, width, step, random);
  double sum = 0, squares = 0;
  for (const float v : plane) sum += v, squares += static_cast<double>(v) * v;
  const double count = static_cast<double>(plane.size());
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(squares / count - mean * mean, 1e-12));
  for (float& v : plane) v = static_cast<float>((v - mean) / deviation);
  return plane;
}

}  // namespace

SyntheticImage dead_leaves(int height, int width, Random& random) {
  constexpr int leaves = 300;
  SyntheticImage image(height, width);
  const std::array<double, 3> background = random_colour(random);
  for (std::size_t c = 0; c < 3; ++c)
    std::fill(image.channels[c].begin(), image.channels[c].end(), static_cast<float>(background[c]));
  // r = u^-½ has density r^-3; 6 to 90 pixels of 224.
  const double size = std::min(height, width);
  const double smallest = size * 6 / 224, largest = size * 90 / 224;
  const double most = 1 / (smallest * smallest), least = 1 / (largest * largest);
  std::vector<double> radii;
  for (int i = 0; i < leaves; ++i) radii.push_back(1 / std::sqrt(random.uniform() * (most - least) + least));
  std::sort(radii.rbegin(), radii.rend());
  for (const double radius : radii) Leaf(height, width, radius, random).paint(image);
  for (Plane& channel : image.channels)
    for (float& pixel : channel) pixel = clamped(static_cast<double>(pixel) + 0.02 * random.normal());
  return image;
}

SyntheticImage octave_noise(int height, int width, Random& random) {
  constexpr double correlation = 0.9, own = 0.435889894354067;  // √(1 − .9²)
  SyntheticImage image(height, width);
  const double mean = 0.45 + 0.1 * random.normal();
  const Plane common = noise_plane(height, width, random);
  for (std::size_t c = 0; c < 3; ++c) {
    const Plane extra = c == 0 ? Plane(common.size()) : noise_plane(height, width, random);
    for (std::size_t i = 0; i < common.size(); ++i) {
      const double value = c == 0 ? common[i] : correlation * common[i] + own * extra[i];
      image.channels[c][i] = clamped(mean + 0.25 * value);
    }
  }
  return image;
}

SyntheticImage white_noise(int height, int width, Random& random) {
  SyntheticImage image(height, width);
  for (Plane& channel : image.channels)
    for (float& pixel : channel) pixel = static_cast<float>(random.uniform());
  return image;
}

}  // namespace cortado::compiler
