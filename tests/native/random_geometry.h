// A random window over an image: kernel, stride, padding and dilation that fit it.
#pragma once

#include "ir/graph.h"
#include "ops/cases.h"

namespace cortado::testing {

struct Geometry {
  using Ints = std::vector<std::int64_t>;
  Ints kernel{1, 1}, stride{1, 1}, padding{0, 0}, dilation{1, 1};
  Ints size{0, 0};  // height and width of the output

  // For an input of N, C, H, W; a dimension in `dilated` of them has dilation 2, none if that is 0. False if none fits.
  bool choose(const ir::Shape& input, std::int32_t dilated, ops::Random& random) {
    const bool usual = random.chance(2);  // 3 x 3
    for (std::size_t d = 0; d < 2; ++d) {
      kernel[d] = usual ? 3 : random.between(1, 5);
      stride[d] = random.between(1, random.chance(3) ? 3 : 2);
      padding[d] = usual ? 1 : random.between(0, static_cast<std::int32_t>(kernel[d] / 2));
      dilation[d] = dilated != 0 && random.chance(dilated) ? 2 : 1;
      const std::int64_t span = input[2 + d] + 2 * padding[d] - (kernel[d] - 1) * dilation[d] - 1;
      if (span < 0) return false;
      size[d] = span / stride[d] + 1;
    }
    return true;
  }
};

}  // namespace cortado::testing
