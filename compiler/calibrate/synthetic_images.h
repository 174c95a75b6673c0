// Made-up photographs: pixels 0 … 1 in three channels, with the statistics that networks for photographs expect.
#pragma once

#include <array>
#include <vector>

#include "support/random.h"

namespace cortado::compiler {

struct SyntheticImage {
  SyntheticImage(int h, int w) : height(h), width(w) {
    for (auto& channel : channels) channel.resize(static_cast<std::size_t>(h) * static_cast<std::size_t>(w));
  }
  int height, width;
  std::array<std::vector<float>, 3> channels;  // row by row
};

// "Dead leaves": 300 discs and boxes that hide each other, radii with density r^-3, brightness sloping across each.
SyntheticImage dead_leaves(int height, int width, Random& random);
// Noise of equal power in every octave of spatial frequency (1/f), channels correlated by .9.
SyntheticImage octave_noise(int height, int width, Random& random);
// Every pixel for itself.
SyntheticImage white_noise(int height, int width, Random& random);

}  // namespace cortado::compiler
