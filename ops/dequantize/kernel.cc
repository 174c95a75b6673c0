#include "ops/checks.h"
#include "ops/dequantize/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  const void* input;
  float* out;
  std::uint32_t count;
  float scale;
  std::int32_t zero_point;
  bool is_i16;
};

ErrorCode make_plan(const DequantizePerTensorArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(args.dtype == DType::i8 || args.dtype == DType::i16, "dtype must be i8 or i16")
      .dtype("input", args.input, args.dtype)
      .dtype("out", args.out, DType::f32)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input")
      .range("zero_point", args.zero_point, -32768, 32767);
  if (!check.ok()) return check.code();
  plan.input = args.input.data;
  plan.out = args.out.as<float>();
  plan.count = static_cast<std::uint32_t>(args.input.elements());
  plan.scale = static_cast<float>(args.scale);
  plan.zero_point = static_cast<std::int32_t>(args.zero_point);
  plan.is_i16 = args.dtype == DType::i16;
  return ErrorCode::ok;
}

template <class Q>
void dequantize(const Plan& plan) {
  const Q* input = static_cast<const Q*>(plan.input);
  for (std::uint32_t i = 0; i < plan.count; ++i)
    plan.out[i] = static_cast<float>(input[i] - plan.zero_point) * plan.scale;
}

void run_plan(const Plan& plan) {
  if (plan.is_i16)
    dequantize<std::int16_t>(plan);
  else
    dequantize<std::int8_t>(plan);
}

}  // namespace

extern const Kernel cortex_m__dequantize_per_tensor_out;
const Kernel cortex_m__dequantize_per_tensor_out = kernel_row<DequantizePerTensorArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
