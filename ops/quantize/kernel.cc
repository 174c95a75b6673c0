#include "ops/checks.h"
#include "ops/quantize/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  const float* input;
  void* out;
  std::uint32_t count;
  float inverse_scale;
  std::int32_t zero_point, quant_min, quant_max;
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
  plan.inverse_scale = 1.0f / static_cast<float>(args.scale);
  plan.zero_point = static_cast<std::int32_t>(args.zero_point);
  plan.quant_min = static_cast<std::int32_t>(args.quant_min);
  plan.quant_max = static_cast<std::int32_t>(args.quant_max);
  plan.is_i16 = args.dtype == DType::i16;
  return ErrorCode::ok;
}

// Adding 1.5 · 2^23 leaves a float whose last place is 1: the addition itself rounds to an integer, halves to even.
// Beyond ±2^21 every result saturates anyway.
constexpr float magic = 12582912.0f;
constexpr float limit = 2097152.0f;

// magic + x · factor, rounded once.
inline float multiply_add_magic(float x, float factor) {
#if defined(__ARM_FEATURE_FMA) || defined(__FMA__)
  return __builtin_fmaf(x, factor, magic);
#else
  // The product is exact in double; 1.5 · 2^52 rounds it to an integer as above. The bounds keep that exact.
  double product = static_cast<double>(x) * static_cast<double>(factor);
  if (product > limit) product = limit;
  if (product < -limit) product = -limit;
  return static_cast<float>((product + 0x1.8p52) - 0x1.8p52) + magic;
#endif
}

inline float multiply_then_add_magic(float x, float factor) {
  const float product = x * factor;
  return product + magic;
}

// From magic + v, v rounded already; NaN counts as 0.
inline std::int32_t finish(float shifted, const Plan& plan) {
  if (shifted > magic + limit) shifted = magic + limit;
  if (shifted < magic - limit) shifted = magic - limit;
  if (shifted != shifted) shifted = magic;
  const std::int32_t value = static_cast<std::int32_t>(shifted - magic) + plan.zero_point;
  return value < plan.quant_min ? plan.quant_min : value > plan.quant_max ? plan.quant_max : value;
}

template <class Q>
void quantize(const Plan& plan) {
  constexpr std::uint32_t group = 16 / sizeof(Q);
  Q* out = static_cast<Q*>(plan.out);
  const std::uint32_t whole = plan.count / group * group;
  for (std::uint32_t i = 0; i < whole; ++i)
    out[i] = static_cast<Q>(finish(multiply_add_magic(plan.input[i], plan.inverse_scale), plan));
  for (std::uint32_t i = whole; i < plan.count; ++i)
    out[i] = static_cast<Q>(finish(multiply_then_add_magic(plan.input[i], plan.inverse_scale), plan));
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
