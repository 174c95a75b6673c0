// The reference of cortado::quantized_log_softmax, by the contract's equations on each element, and its random cases.
#include "ops/case_row.h"
#include "ops/int8_log_softmax/contract.h"
#include "ops/softmax/reference_rows.h"

namespace cortado::ops {
namespace {

using Wide = std::int64_t;

// log2(sum / 2^24) in Q24: a bit is set where the square, and the square's square …, reaches 2.
Wide logarithm(Wide sum) {
  const Wide one = 1 << 24;
  if (sum < one) return 0;
  Wide whole = 0, power = one;
  while (sum / power >= 2) power *= 2, ++whole;
  auto value = static_cast<std::uint64_t>(sum) * 128 / static_cast<std::uint64_t>(power / one);  // 1 is 2^31
  Wide fraction = 0;
  for (Wide bit = one / 2; bit > 0; bit /= 2) {
    value = value * value / (UINT64_C(1) << 31);
    if (value < UINT64_C(1) << 32) continue;
    value /= 2;
    fraction += bit;
  }
  return whole * one + fraction;
}

Wide floored(Wide a, Wide divisor) { return a / divisor - (a % divisor < 0 ? 1 : 0); }

void row(const QuantizedLogSoftmaxArgs& args, const std::int8_t* in, std::int8_t* out, std::int32_t size,
         std::int32_t stride) {
  const std::int32_t* exponentials = args.exponentials.as<std::int32_t>();
  Wide largest = -128, sum = 0;
  for (std::int32_t i = 0; i < size; ++i) largest = in[i * stride] > largest ? in[i * stride] : largest;
  for (std::int32_t i = 0; i < size; ++i) {
    const Wide part = exponentials[largest - in[i * stride]];
    sum += part < 0 ? 0 : part > 1 << 24 ? 1 << 24 : part;
  }
  for (std::int32_t i = 0; i < size; ++i) {
    const Wide exact =
        (in[i * stride] - largest) * args.input_factor * (1 << 24) - logarithm(sum) * args.logarithm_factor;
    const Wide value = floored(exact + (Wide{1} << 43), Wide{1} << 44) + args.output_zero_point;
    out[i * stride] = static_cast<std::int8_t>(value > 127 ? 127 : value < -128 ? -128 : value);
  }
}

void reference(const QuantizedLogSoftmaxArgs& args) {
  softmax::for_each_reference_row(
      args.input, args.dim, [&](std::int32_t first, std::int32_t size, std::int32_t stride) {
        row(args, args.input.as<std::int8_t>() + first, args.out.as<std::int8_t>() + first, size, stride);
      });
}

bool make_case(CaseBuilder& builder, QuantizedLogSoftmaxArgs& args) {
  Random& random = builder.random;
  constexpr std::uint8_t last[4] = {0, 2, 3, 1};
  const std::int32_t sizes[4] = {random.between(1, 2), random.between(1, 3), random.between(1, 3),
                                 random.between(1, random.chance(20) ? 3000 : 30)};
  const std::uint8_t* order = random.chance(4) ? last : nullptr;
  const std::int32_t steps = 256;
  args.input = builder.tensor(DType::i8, sizes, 4, order);
  args.exponentials = builder.tensor(DType::i32, &steps, 1);
  args.out = builder.output(DType::i8, sizes, 4, order);
  if (!builder.fits()) return false;
  const bool any = random.chance(10);  // numbers that are no exponentials do no harm
  std::int64_t value = 1 << 24;
  const std::int32_t decay = random.between(1, 1 << 16);
  for (std::int32_t k = 0; k < steps; ++k, value -= (value * decay) >> 16)
    args.exponentials.as<std::int32_t>()[k] =
        any ? random.between(INT32_MIN, INT32_MAX) : static_cast<std::int32_t>(value);
  args.dim = random.chance(4) ? random.between(-4, 3) : -1;
  args.input_factor = random.chance(8) ? 1 << 28 : random.between(0, 1 << 22);
  args.logarithm_factor = random.chance(8) ? INT32_MAX : random.between(0, 1 << 27);
  args.output_zero_point = random.between(-128, 127);
  return true;
}

}  // namespace

extern const CaseRow cortado__quantized_log_softmax_out_cases;
const CaseRow cortado__quantized_log_softmax_out_cases = case_row<QuantizedLogSoftmaxArgs, reference, make_case>();

}  // namespace cortado::ops
