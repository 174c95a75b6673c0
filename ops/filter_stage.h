// What the stages of convolutions check alike. Host and target, C++17, no heap.
#pragma once

#include "ops/channel_factors.h"
#include "ops/lines.h"

namespace cortado::ops {

// Filter: Convolution or Depthwise.
template <class Filter>
struct FilterPlan {
  Rows in, out;
  Filter filter;
};

// Sets the rows and all of the filter but its weight, its output and what is the operator's own. `numbers`: how many, with
// the input's offset at `input_offset`.
template <class Filter>
bool begin_filter(Check& check, const StageArguments& args, std::uint32_t numbers, std::uint32_t input_offset,
                  FilterPlan<Filter>& plan) {
  check_counts(check, args, 1, numbers, 4);
  check_int8(check, args).range("kernel rows", args.y.kernel, 1, max_stage_kernel_rows);
  if (!check.ok()) return false;
  plan.in = args.input[0];
  plan.out = args.output;
  plan.filter.y = args.y;
  plan.filter.x = args.x;
  plan.filter.in_channels = plan.in.channels;
  plan.filter.out_channels = plan.out.channels;
  plan.filter.input_offset = args.numbers[input_offset];
  return check.range("input_offset", plan.filter.input_offset, -127, 128).ok();
}

// Sets weight, of `inputs` channels a tap and output, and output.
template <class Filter>
void finish_filter(Check& check, const StageArguments& args, std::int32_t inputs, std::uint32_t output_offset,
                   FilterPlan<Filter>& plan) {
  plan.filter.weight = checked_constant<std::int8_t>(
      check, args, 0, std::int64_t{args.y.kernel} * args.x.kernel * inputs * plan.out.channels, "weight");
  plan.filter.output = checked_channel_output(check, args, plan.out.channels, 1, output_offset);
}

}  // namespace cortado::ops
