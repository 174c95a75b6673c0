// What the stages of convolutions check alike. Host and target, C++17, no heap.
#pragma once

#include "ops/channel_factors.h"
#include "ops/lines.h"

namespace cortado::ops {

// Everything but the weight's channels. `numbers`: how many, with the input's offset at `input_offset` and the output's
// behind it.
inline StageCheck& check_filter(StageCheck& check, const StageArguments& args, std::uint32_t numbers,
                                std::uint32_t input_offset) {
  if (!check_counts(check, args, 1, numbers, 4).ok()) return check;
  check_int8(check, args)
      .range("kernel rows", args.parts->y.kernel, 1, max_stage_kernel_rows)
      .range("input_offset", args.numbers()[input_offset], -127, 128);
  check_channel_output(check, args, args.output.channels(), 1, input_offset + 1);
  return check;
}

// The weight has `inputs` channels a tap and output.
inline void check_weight(StageCheck& check, const StageArguments& args, std::int32_t inputs) {
  check_constant<std::int8_t>(
      check, args, 0, std::int64_t{args.parts->y.kernel} * args.parts->x.kernel * inputs * args.output.channels(),
      "weight");
}

// All of the filter (Convolution or Depthwise) but what is the operator's own.
template <class Filter>
Filter filter_of(const StageArguments& args, std::uint32_t input_offset) {
  Filter filter;
  filter.weight = args.constant(0);
  filter.output = channel_output(args, 1, input_offset + 1);
  filter.y = args.y();
  filter.x = args.x();
  filter.in_channels = args.input[0].channels();
  filter.out_channels = args.output.channels();
  filter.input_offset = args.numbers()[input_offset];
  return filter;
}

}  // namespace cortado::ops
