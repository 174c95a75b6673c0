// The loop over outputs that the references of all convolutions share. Host and target, C++17.
#pragma once

#include "ops/image.h"
#include "support/fixed_point.h"

namespace cortado::ops {

// out[n, y, x, o] = clamp(requantize(accumulate(args, n, y, x, o), factors of o) + output_offset). `accumulate` is the
// operator's own sum, by its equation.
template <class Args>
void convolution_reference(const Args& args, std::int64_t (*accumulate)(const Args&, std::int32_t n, std::int32_t y,
                                                                        std::int32_t x, std::int32_t o)) {
  const Image out = image_of(args.out, Args::layout);
  for (std::int32_t n = 0; n < out.batch; ++n)
    for (std::int32_t y = 0; y < out.height; ++y)
      for (std::int32_t x = 0; x < out.width; ++x)
        for (std::int32_t o = 0; o < out.channels; ++o) {
          const auto acc = static_cast<std::int32_t>(accumulate(args, n, y, x, o));
          const std::int32_t scaled = requantize(acc, args.requantize_multipliers.template as<std::int32_t>()[o],
                                                 args.requantize_shifts.template as<std::int32_t>()[o]);
          out.data[((n * out.height + y) * out.width + x) * out.channels + o] =
              static_cast<std::int8_t>(clamp(scaled + args.output_offset, args.activation_min, args.activation_max));
        }
}

}  // namespace cortado::ops
