// The reference of cortado::quantized_norm and its random cases: the contract's equations, with roots and quotients
// found by bisection.
#include "ops/case_row.h"
#include "ops/int8_norm/contract.h"

namespace cortado::ops {
namespace {

using Wide = std::int64_t;

// ⌊a / 2^bits⌋
Wide floored(Wide a, int bits) {
  const Wide divisor = Wide{1} << bits;
  return a / divisor - (a % divisor < 0 ? 1 : 0);
}

// The largest root with root² ≤ v, by bisection.
std::uint64_t root_of(std::uint64_t v) {
  std::uint64_t low = 0, high = UINT64_C(1) << 32;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (middle * middle <= v ? low : high) = middle;
  }
  return low;
}

void row(const QuantizedNormArgs& args, Wide first) {
  const std::int8_t* in = args.input.as<std::int8_t>() + first;
  std::int8_t* out = args.out.as<std::int8_t>() + first;
  Wide sum = 0, squares = 0;
  for (Wide i = 0; i < args.count; ++i) sum += in[i], squares += in[i] * in[i];
  // v · 4^steps is in 2^62 … 2^64 − 1, so that 1 / √v = 2^steps / √(v · 4^steps)
  std::uint64_t v = static_cast<std::uint64_t>(args.count * squares - sum * sum + args.eps);
  int steps = 0;
  for (; v < UINT64_C(1) << 62; v *= 4) ++steps;
  Wide inverse = static_cast<Wide>((UINT64_C(1) << 62) / root_of(v));
  if (inverse > INT32_MAX) inverse = INT32_MAX;
  const auto channels = static_cast<Wide>(args.factors.elements());
  for (Wide i = 0; i < args.count; ++i) {
    const Wide channel = (first + i) / args.inner % channels;
    const Wide unit = floored((args.count * in[i] - sum) * inverse + (Wide{1} << (41 - steps)), 42 - steps);
    const Wide result =
        unit * args.factors.as<std::int32_t>()[channel] + args.offsets.as<std::int32_t>()[channel] * (Wide{1} << 20);
    const Wide stored = floored(result + (Wide{1} << 35), 36) + args.output_zero_point;
    out[i] = static_cast<std::int8_t>(stored < -128 ? -128 : stored > 127 ? 127 : stored);
  }
}

void reference(const QuantizedNormArgs& args) {
  const auto elements = static_cast<Wide>(args.input.elements());
  for (Wide first = 0; first < elements; first += args.count) row(args, first);
}

std::int32_t some_factor(Random& random) {
  if (random.chance(8)) return random.chance(2) ? INT32_MAX : -INT32_MAX;
  return random.between(-200, 200) * (1 << random.between(4, 18));
}

bool make_case(CaseBuilder& builder, QuantizedNormArgs& args) {
  Random& random = builder.random;
  const std::int32_t channels = random.between(1, 12), inner = random.chance(2) ? 1 : random.between(1, 9),
                     outer = random.between(1, 4);
  const std::int32_t groups = random.chance(2) ? 1 : channels;
  const std::int32_t sizes[3] = {outer, channels, inner};
  args.input = builder.tensor(DType::i8, sizes, 3);
  args.factors = builder.tensor(DType::i32, &channels, 1);
  args.offsets = builder.tensor(DType::i32, &channels, 1);
  args.out = builder.output(DType::i8, sizes, 3);
  if (!builder.fits()) return false;
  if (random.chance(8))  // no deviation at all
    for (std::size_t i = 0; i < args.input.elements(); ++i) args.input.as<std::int8_t>()[i] = -128;
  for (std::int32_t i = 0; i < channels; ++i) {
    args.factors.as<std::int32_t>()[i] = some_factor(random);
    args.offsets.as<std::int32_t>()[i] = some_factor(random);
  }
  args.count = channels / groups * inner;
  args.inner = inner;
  args.eps = random.chance(4) ? std::int64_t{1} << random.between(0, 56) : random.between(1, 1000);
  args.output_zero_point = random.between(-128, 127);
  return true;
}

}  // namespace

extern const CaseRow cortado__quantized_norm_out_cases;
const CaseRow cortado__quantized_norm_out_cases = case_row<QuantizedNormArgs, reference, make_case>();

}  // namespace cortado::ops
