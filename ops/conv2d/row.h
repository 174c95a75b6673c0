// One output row of a convolution: what the kernel on whole tensors and the stage of a row stream share.
// Host and target, C++17.
#pragma once

#include "ops/channel_factors.h"
#include "ops/dot.h"
#include "ops/lines.h"

namespace cortado::ops {

struct ConvolutionPlan {
  const std::int8_t* weight;  // [O, KH, KW, C/G]
  ChannelOutput output;
  Window y, x;
  std::int32_t in_channels, out_channels;
  std::int32_t group_channels;  // channels of the input that one output sees
  std::int32_t group_outputs;   // output channels of a group
  std::int32_t input_offset;
};

// Completes the channels; those of the weight's groups must be set. Nothing else is checked.
template <class AnyCheck>
void check_groups(AnyCheck& check, ConvolutionPlan& plan) {
  check.range("weight's input channels", plan.group_channels, 1, plan.in_channels);
  if (!check.ok()) return;
  const std::int32_t groups = plan.in_channels / plan.group_channels;
  check.that(plan.in_channels % plan.group_channels == 0, "weight's input channels must divide those of input")
      .that(plan.out_channels % groups == 0, "the groups must divide out's channels");
  plan.group_outputs = plan.out_channels / groups;
}

// A patch of taps as dot products of contiguous runs: all taps of a row at once where they touch, else tap by tap.
template <class Lines>
struct Patch {
  const ConvolutionPlan& plan;
  const Lines& lines;
  std::int32_t first_channel;  // of the input, that the outputs see
  std::int32_t tap_step;       // in the input, in elements
  bool joined;

  Patch(const ConvolutionPlan& p, const Lines& l, std::int32_t channel)
      : plan(p),
        lines(l),
        first_channel(channel),
        tap_step(p.x.dilation * p.in_channels),
        joined(p.x.dilation == 1 && p.group_channels == p.in_channels) {}

  // Σ x · w over taps; `column` is that of tap columns.first, w the kernel of one output channel.
  std::int32_t products(std::int32_t column, const std::int8_t* w, Taps rows, Taps columns) const {
    const std::int32_t channels = plan.group_channels, taps = columns.last - columns.first;
    const std::int32_t offset = column * plan.in_channels + first_channel;
    std::int32_t acc = 0;
    for (std::int32_t i = rows.first; i < rows.last; ++i) {
      const std::int8_t* x = lines[i] + offset;
      const std::int8_t* run = w + (i * plan.x.kernel + columns.first) * channels;
      if (joined) {
        acc = wrapping_add(acc, dot(x, run, taps * channels));
      } else {
        for (std::int32_t j = 0; j < taps; ++j, x += tap_step, run += channels)
          acc = wrapping_add(acc, dot(x, run, channels));
      }
    }
    return acc;
  }
  // Σ w over the same taps, times the input's offset.
  std::int32_t offset_part(const std::int8_t* w, Taps rows, Taps columns) const {
    std::int32_t acc = 0;
    for (std::int32_t i = rows.first; i < rows.last; ++i)
      acc = wrapping_add(acc, sum(w + (i * plan.x.kernel + columns.first) * plan.group_channels,
                                  (columns.last - columns.first) * plan.group_channels));
    return wrapping_multiply(acc, plan.input_offset);
  }
};

// One channel of a row: out[x · out_channels] for all columns x. `rows` are the taps inside the input.
template <class Lines>
void run_row(const Patch<Lines>& patch, Taps rows, std::int32_t channel, Interior interior, std::int8_t* out) {
  const ConvolutionPlan& plan = patch.plan;
  const std::int8_t* w = plan.weight + channel * plan.y.kernel * plan.x.kernel * plan.group_channels;
  const std::int32_t bias = plan.output.start(channel);
  const auto at_border = [&](std::int32_t x) {
    const Taps columns = taps_of(plan.x, x);
    std::int32_t acc = bias;
    if (columns.first < columns.last && rows.first < rows.last) {
      acc = wrapping_add(acc, patch.products(plan.x.start(x) + columns.first * plan.x.dilation, w, rows, columns));
      acc = wrapping_add(acc, patch.offset_part(w, rows, columns));
    }
    out[x * plan.out_channels] = plan.output.finish(acc, channel);
  };
  for (std::int32_t x = 0; x < interior.begin; ++x) at_border(x);
  const Taps all = {0, plan.x.kernel};
  const std::int32_t start = wrapping_add(bias, patch.offset_part(w, rows, all));
  for (std::int32_t x = interior.begin; x < interior.end; ++x) {
    const std::int32_t acc = wrapping_add(start, patch.products(plan.x.start(x), w, rows, all));
    out[x * plan.out_channels] = plan.output.finish(acc, channel);
  }
  for (std::int32_t x = interior.end; x < plan.x.output; ++x) at_border(x);
}

}  // namespace cortado::ops
