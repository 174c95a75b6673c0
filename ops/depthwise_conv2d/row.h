// One output row of a depthwise convolution: what the kernel on whole tensors and the stage of a row stream share.
// Host and target, C++17.
#pragma once

#include "ops/channel_factors.h"
#include "ops/lines.h"

namespace cortado::ops {

struct Depthwise {
  const std::int8_t* weight;  // [KH, KW, O]
  ChannelOutput output;
  Window y, x;
  std::int32_t in_channels, out_channels;
  std::int32_t depth_multiplier, input_offset;
};

// Accumulators kept at a time: Helium and hosts compute them side by side, other cores have no registers for more.
#if defined(__ARM_ARCH) && !defined(__ARM_FEATURE_MVE)
constexpr std::int32_t depthwise_block = 4;
#else
constexpr std::int32_t depthwise_block = 16;
#endif

// One output pixel: its taps, the first one's column, and where the rows lie.
template <class Lines>
struct DepthwisePixel {
  const Depthwise& plan;
  const Lines& lines;
  Taps rows, columns;
  std::int32_t column;

  // `count` ≤ depthwise_block outputs from `channel` on, that read the input channels from `first` on (or that one).
  template <bool one_input>
  void run_block(std::int32_t first, std::int32_t channel, std::int32_t count, std::int8_t* out) const {
    std::int32_t acc[depthwise_block];
    const std::int32_t outputs = plan.out_channels;
    const std::int32_t in_step = plan.x.dilation * plan.in_channels;
    for (std::int32_t c = 0; c < count; ++c) acc[c] = plan.output.start(channel + c);
    if (columns.first < columns.last)
      for (std::int32_t i = rows.first; i < rows.last; ++i) {
        const std::int8_t* x = lines[i] + column * plan.in_channels + first;
        const std::int8_t* w = plan.weight + (i * plan.x.kernel + columns.first) * outputs + channel;
        for (std::int32_t j = columns.first; j < columns.last; ++j, x += in_step, w += outputs)
          for (std::int32_t c = 0; c < count; ++c)
            acc[c] = wrapping_add(acc[c], (x[one_input ? 0 : c] + plan.input_offset) * w[c]);
      }
    for (std::int32_t c = 0; c < count; ++c) out[c] = plan.output.finish(acc[c], channel + c);
  }

  template <bool one_input>
  void run_channels(std::int32_t first, std::int32_t channel, std::int32_t count, std::int8_t* out) const {
    std::int32_t c = 0;
    for (; c + depthwise_block <= count; c += depthwise_block)
      run_block<one_input>(first + (one_input ? 0 : c), channel + c, depthwise_block, out + c);
    if (c < count) run_block<one_input>(first + (one_input ? 0 : c), channel + c, count - c, out + c);
  }

  void run(std::int8_t* out) const {
    const std::int32_t multiplier = plan.depth_multiplier;
    if (multiplier == 1) {
      run_channels<false>(0, 0, plan.out_channels, out);
      return;
    }
    for (std::int32_t c = 0; c < plan.in_channels; ++c)
      run_channels<true>(c, c * multiplier, multiplier, out + c * multiplier);
  }
};

// `rows` are the taps inside the input.
template <class Lines>
void run_row(const Depthwise& plan, const Lines& lines, Taps rows, std::int8_t* out) {
  for (std::int32_t x = 0; x < plan.x.output; ++x, out += plan.out_channels) {
    const Taps columns = taps_of(plan.x, x);
    const std::int32_t column = plan.x.start(x) + columns.first * plan.x.dilation;
    DepthwisePixel<Lines>{plan, lines, rows, columns, column}.run(out);
  }
}

}  // namespace cortado::ops
