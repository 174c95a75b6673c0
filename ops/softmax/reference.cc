// The integer reference and the random cases of softmax: gemmlowp's algorithm on 64-bit integers and exact rounding.
#include "ops/case_row.h"
#include "ops/softmax/contract.h"
#include "ops/softmax/reference_rows.h"

namespace cortado::ops {
namespace {

using Wide = std::int64_t;

Wide saturated(Wide value) { return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value; }

// round(a · b / 2^31), halves upwards.
Wide multiply(Wide a, Wide b) {
  const Wide product = 2 * a * b + (Wide{1} << 31);
  const Wide quotient = product / (Wide{1} << 32);
  return saturated(product % (Wide{1} << 32) < 0 ? quotient - 1 : quotient);
}

// round(a / 2^bits), halves away from zero.
Wide divide(Wide a, int bits) {
  const Wide half = (Wide{1} << bits) / 2;
  return a < 0 ? -((-a + half) / (Wide{1} << bits)) : (a + half) / (Wide{1} << bits);
}

Wide exp_of_negative(Wide a) {
  if (a == 0) return INT32_MAX;
  const Wide quarter = 1 << 24;
  const Wide remainder = ((a % quarter) + quarter) % quarter;
  const Wide t = remainder - quarter;
  Wide quarters = (t - a) / quarter;
  const Wide x = t * 32 + (1 << 28);
  const Wide x2 = multiply(x, x);
  const Wide cubic = multiply(divide(multiply(x2, x2), 2) + multiply(x2, x), 715827883);
  Wide result = 1895147668 + multiply(1895147668, x + divide(cubic + x2, 1));
  constexpr Wide factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  for (const Wide factor : factors) {
    if (quarters % 2 == 1) result = multiply(result, factor);
    quarters /= 2;
  }
  return result;
}

Wide reciprocal_of_one_plus(Wide a) {
  const Wide half = (a + INT32_MAX + 1) / 2;
  Wide x = 1515870810 + multiply(half, -1010580540);
  for (int step = 0; step < 3; ++step) x += saturated(4 * multiply(x, (1 << 29) - multiply(half, x)));
  return saturated(2 * x);
}

void row(const SoftmaxArgs& args, const std::int8_t* in, std::int8_t* out, std::int32_t size, std::int32_t stride) {
  Wide largest = -128;
  for (std::int32_t i = 0; i < size; ++i) largest = in[i * stride] > largest ? in[i * stride] : largest;
  const auto exponential = [&](std::int32_t i) -> Wide {
    const Wide difference = in[i * stride] - largest;
    return difference < args.diff_min
               ? -1
               : exp_of_negative(multiply(difference * (Wide{1} << args.input_shift), args.input_multiplier));
  };
  Wide sum = 0;
  for (std::int32_t i = 0; i < size; ++i) sum += exponential(i) < 0 ? 0 : divide(exponential(i), 12);
  sum = saturated(sum);
  int headroom = 0;
  while (sum < Wide{1} << (31 - headroom)) ++headroom;
  const Wide scale = reciprocal_of_one_plus(sum * (Wide{1} << headroom) - (Wide{1} << 31));
  for (std::int32_t i = 0; i < size; ++i) {
    const Wide value = exponential(i) < 0 ? -128 : divide(multiply(scale, exponential(i)), 35 - headroom) - 128;
    out[i * stride] = static_cast<std::int8_t>(value > 127 ? 127 : value);
  }
}

void reference(const SoftmaxArgs& args) {
  softmax::for_each_reference_row(
      args.input, args.dim, [&](std::int32_t first, std::int32_t size, std::int32_t stride) {
        row(args, args.input.as<std::int8_t>() + first, args.out.as<std::int8_t>() + first, size, stride);
      });
}

bool make_case(CaseBuilder& builder, SoftmaxArgs& args) {
  Random& random = builder.random;
  constexpr std::uint8_t last[4] = {0, 2, 3, 1};
  const std::int32_t sizes[4] = {random.between(1, 2), random.between(1, 3), random.between(1, 3),
                                 random.between(1, random.chance(20) ? 5000 : 30)};
  const std::uint8_t* order = random.chance(4) ? last : nullptr;
  args.input = builder.tensor(DType::i8, sizes, 4, order);
  args.out = builder.output(DType::i8, sizes, 4, order);
  if (!builder.fits()) return false;
  if (random.chance(4))  // equal elements make the largest sums
    for (std::size_t i = 0; i < args.input.elements(); ++i) args.input.as<std::int8_t>()[i] = 5;
  args.dim = random.chance(4) ? random.between(-4, 3) : -1;
  args.input_shift = random.between(19, 31);
  args.input_multiplier = random.between(1 << 30, INT32_MAX);
  args.diff_min = -((31 << 26) >> args.input_shift);
  return true;
}

}  // namespace

extern const CaseRow cortex_m__softmax_out_cases;
const CaseRow cortex_m__softmax_out_cases = case_row<SoftmaxArgs, reference, make_case>();

}  // namespace cortado::ops
