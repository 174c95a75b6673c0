#include "ops/checks.h"
#include "ops/div/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<3> nest;
  const void *self, *other;
  void* out;
  std::int32_t self_zero_point, other_zero_point;
  float output_zero_point, scale;
  bool is_i16;
};

ErrorCode make_plan(const QuantizedDivArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const DType dtype = args.out.dtype;
  const std::int32_t low = dtype == DType::i16 ? -32768 : -128;
  check.that(dtype == DType::i8 || dtype == DType::i16, "out must be i8 or i16")
      .dtype("self", args.self, dtype)
      .dtype("other", args.other, dtype)
      .that(broadcasts_to(args.self, args.out), "self does not broadcast to out")
      .that(broadcasts_to(args.other, args.out), "other does not broadcast to out")
      .range("self_zero_point", args.self_zero_point, low, -low - 1)
      .range("other_zero_point", args.other_zero_point, low, -low - 1)
      .range("output_zero_point", args.output_zero_point, low, -low - 1)
      .that(args.output_scale >= -0x1p100 && args.output_scale <= 0x1p100, "output_scale must be finite in float");
  if (!check.ok()) return check.code();
  plan.nest = binary_nest(args.out, args.self, args.other);
  plan.self = args.self.data;
  plan.other = args.other.data;
  plan.out = args.out.data;
  plan.self_zero_point = args.self_zero_point;
  plan.other_zero_point = args.other_zero_point;
  plan.output_zero_point = static_cast<float>(args.output_zero_point);
  plan.scale = static_cast<float>(args.output_scale);
  plan.is_i16 = dtype == DType::i16;
  return check.code();
}

// The nearest integer, halves away from zero. From 2^23 on floats are integers.
inline float rounded(float x) {
  const float magnitude = x < 0 ? -x : x;
  if (!(magnitude < 8388608.0f)) return x;
  auto integer = static_cast<float>(static_cast<std::int32_t>(magnitude));
  if (magnitude - integer >= 0.5f) integer += 1.0f;
  return x < 0 ? -integer : integer;
}

template <class Q>
void divide(const Plan& plan) {
  constexpr float low = sizeof(Q) == 1 ? -128.0f : -32768.0f;
  const std::int32_t za = plan.self_zero_point, zb = plan.other_zero_point;
  const float zy = plan.output_zero_point, scale = plan.scale;
  map_binary(plan.nest, static_cast<Q*>(plan.out), static_cast<const Q*>(plan.self), static_cast<const Q*>(plan.other),
             [=](Q a, Q b) {
               const std::int32_t denominator = b - zb;
               const float quotient =
                   denominator != 0 ? static_cast<float>(a - za) / static_cast<float>(denominator) : 0.0f;
               const float scaled = quotient * scale;
               const float value = rounded(scaled) + zy;
               return static_cast<Q>(value < low ? low : value > -low - 1 ? -low - 1 : value);
             });
}

void run_plan(const Plan& plan) {
  if (plan.is_i16)
    divide<std::int16_t>(plan);
  else
    divide<std::int8_t>(plan);
}

}  // namespace

extern const Kernel cortex_m__quantized_div_out;
const Kernel cortex_m__quantized_div_out = kernel_row<QuantizedDivArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
