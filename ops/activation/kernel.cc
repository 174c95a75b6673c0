#include "ops/activation/contract.h"
#include "ops/checks.h"

namespace cortado::ops {
namespace {

struct Plan {
  const std::int8_t *input, *lut;
  std::int8_t* out;
  std::uint32_t count;
};

ErrorCode make_plan(const QuantizedActivationArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::i8)
      .dtype("lut", args.lut, DType::i8)
      .dtype("out", args.out, DType::i8)
      .equal("lut", "'s length", static_cast<std::int64_t>(args.lut.elements()), 256)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input");
  plan.input = args.input.as<std::int8_t>();
  plan.lut = args.lut.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.count = static_cast<std::uint32_t>(args.input.elements());
  return check.code();
}

void run_plan(const Plan& plan) {
  const std::int8_t* middle = plan.lut + 128;
  for (std::uint32_t i = 0; i < plan.count; ++i) plan.out[i] = middle[plan.input[i]];
}

}  // namespace

extern const Kernel cortex_m__quantized_activation_out;
const Kernel cortex_m__quantized_activation_out = kernel_row<QuantizedActivationArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
