#include "ops/checks.h"
#include "ops/quantize/contract.h"
#include "ops/quantize/rounding.h"

namespace cortado::ops {
namespace {

struct Plan {
  const float* input;
  void* out;
  std::uint32_t count;
  QuantizeArithmetic arithmetic;
  bool is_i16;
};

ErrorCode make_plan(const QuantizePerTensorArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::f32)
      .that(args.dtype == DType::i8 || args.dtype == DType::i16, "dtype must be i8 or i16")
      .dtype("out", args.out, args.dtype)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input")
      .that(args.scale >= 0x1p-120 && args.scale <= 0x1p120, "scale must be positive and finite in float");
  const std::int64_t low = args.dtype == DType::i8 ? -128 : -32768;
  check.range("quant_min", args.quant_min, low, -low - 1)
      .range("quant_max", args.quant_max, args.quant_min, -low - 1)
      .range("zero_point", args.zero_point, low, -low - 1);
  if (!check.ok()) return check.code();
  plan.input = args.input.as<float>();
  plan.out = args.out.data;
  plan.count = static_cast<std::uint32_t>(args.input.elements());
  plan.arithmetic = {1.0f / static_cast<float>(args.scale), static_cast<std::int32_t>(args.zero_point),
                     static_cast<std::int32_t>(args.quant_min), static_cast<std::int32_t>(args.quant_max)};
  plan.is_i16 = args.dtype == DType::i16;
  return ErrorCode::ok;
}

template <class Q>
void quantize(const Plan& plan) {
  constexpr std::uint32_t group = 16 / sizeof(Q);
  const std::uint32_t whole = plan.count / group * group;
  quantize_run(plan.arithmetic, plan.input, 0, whole, plan.count, static_cast<Q*>(plan.out));
}

void run_plan(const Plan& plan) {
  if (plan.is_i16)
    quantize<std::int16_t>(plan);
  else
    quantize<std::int8_t>(plan);
}

}  // namespace

extern const Kernel cortex_m__quantize_per_tensor_out;
const Kernel cortex_m__quantize_per_tensor_out = kernel_row<QuantizePerTensorArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
