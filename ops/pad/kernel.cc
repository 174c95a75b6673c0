#include <string.h>

#include "ops/checks.h"
#include "ops/pad/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  const std::int8_t* input;
  std::int8_t* out;
  std::int32_t size[4];  // of the input, in memory order
  std::int32_t before[4], after[4];
  std::int32_t block[4];  // bytes of one index step of the output
  std::int8_t value;
};

ErrorCode make_plan(const PadArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::i8)
      .dtype("out", args.out, DType::i8)
      .range("input rank", args.input.rank, 1, 4)
      .equal("out", " rank", args.out.rank, args.input.rank)
      .equal("pre_pad", "'s length", args.pre_pad.count, 4)
      .equal("post_pad", "'s length", args.post_pad.count, 4)
      .range("pad_value", args.pad_value, -128, 127);
  if (!check.ok()) return check.code();
  const bool is_nhwc = pad_counts_as_nhwc(args.input);
  if (!is_nhwc) check.contiguous("input", args.input);
  std::int64_t in[4], out[4];
  pad_memory_sizes(args.input, is_nhwc, in);
  pad_memory_sizes(args.out, is_nhwc, out);
  std::int64_t block = 1;
  for (std::size_t i = 4; i-- > 0;) {
    check.range("pre_pad", args.pre_pad[i], 0, INT32_MAX).range("post_pad", args.post_pad[i], 0, INT32_MAX);
    if (!check.ok()) return check.code();
    check.equal("out", "'s size", out[i], args.pre_pad[i] + in[i] + args.post_pad[i]);
    plan.size[i] = static_cast<std::int32_t>(in[i]);
    plan.before[i] = static_cast<std::int32_t>(args.pre_pad[i]);
    plan.after[i] = static_cast<std::int32_t>(args.post_pad[i]);
    plan.block[i] = static_cast<std::int32_t>(block);
    block *= out[i];
  }
  plan.input = args.input.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.value = static_cast<std::int8_t>(args.pad_value);
  return check.code();
}

// Writes front to back; each level fills its border and leaves the inside to the next.
struct Writer {
  const Plan& plan;
  const std::int8_t* in;
  std::int8_t* out;

  void fill(std::int32_t count, std::size_t level) {
    const auto bytes = static_cast<std::size_t>(count) * static_cast<std::size_t>(plan.block[level]);
    memset(out, plan.value, bytes);
    out += bytes;
  }
  void copy_run() {
    fill(plan.before[3], 3);
    memcpy(out, in, static_cast<std::size_t>(plan.size[3]));
    out += plan.size[3];
    in += plan.size[3];
    fill(plan.after[3], 3);
  }
};

void run_plan(const Plan& plan) {
  Writer writer{plan, plan.input, plan.out};
  writer.fill(plan.before[0], 0);
  for (std::int32_t n = 0; n < plan.size[0]; ++n) {
    writer.fill(plan.before[1], 1);
    for (std::int32_t y = 0; y < plan.size[1]; ++y) {
      writer.fill(plan.before[2], 2);
      for (std::int32_t x = 0; x < plan.size[2]; ++x) writer.copy_run();
      writer.fill(plan.after[2], 2);
    }
    writer.fill(plan.after[1], 1);
  }
  writer.fill(plan.after[0], 0);
}

}  // namespace

extern const Kernel cortex_m__pad_out;
const Kernel cortex_m__pad_out = kernel_row<PadArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
