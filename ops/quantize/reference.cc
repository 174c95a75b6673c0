// The reference and the random cases of quantize_per_tensor.
#include <math.h>

#include "ops/case_row.h"
#include "ops/quantize/contract.h"

namespace cortado::ops {
namespace {

// rint(value) + zero point, limited, in exact arithmetic.
std::int64_t quantized(double value, const QuantizePerTensorArgs& args) {
  if (isnan(value)) value = 0;
  const double shifted = nearbyint(value < -1e9 ? -1e9 : value > 1e9 ? 1e9 : value);
  const std::int64_t integer = static_cast<std::int64_t>(shifted) + args.zero_point;
  return integer < args.quant_min ? args.quant_min : integer > args.quant_max ? args.quant_max : integer;
}

void reference(const QuantizePerTensorArgs& args) {
  const std::size_t group = args.dtype == DType::i8 ? 16 : 8;
  const std::size_t count = args.input.elements();
  const float inverse = 1.0f / static_cast<float>(args.scale);
  for (std::size_t i = 0; i < count; ++i) {
    const bool in_whole_group = i / group < count / group;
    const float x = args.input.as<float>()[i];
    // Float products are exact in double.
    const double exact = static_cast<double>(x) * static_cast<double>(inverse);
    const volatile float rounded = x * inverse;
    const std::int64_t value = quantized(in_whole_group ? exact : static_cast<double>(rounded), args);
    if (args.dtype == DType::i8)
      args.out.as<std::int8_t>()[i] = static_cast<std::int8_t>(value);
    else
      args.out.as<std::int16_t>()[i] = static_cast<std::int16_t>(value);
  }
}

bool make_case(CaseBuilder& builder, QuantizePerTensorArgs& args) {
  Random& random = builder.random;
  const std::int32_t sizes[4] = {random.between(1, 2), random.between(1, 5), random.between(1, 6),
                                 random.between(1, 9)};
  constexpr std::uint8_t last[4] = {0, 2, 3, 1};
  const std::uint8_t* order = random.chance(2) ? last : nullptr;
  args.dtype = random.chance(3) ? DType::i16 : DType::i8;
  args.input = builder.tensor(DType::f32, sizes, 4, order);
  args.out = builder.output(args.dtype, sizes, 4, order);
  if (!builder.fits()) return false;
  // One draw a statement: compilers evaluate operands in different orders.
  const double fraction = static_cast<double>(random.unit() + 0.01f);
  args.scale = fraction * (random.chance(2) ? 0.1 : 0.001);
  const std::int32_t low = args.dtype == DType::i8 ? -128 : -32768;
  args.zero_point = random.between(low, -low - 1);
  args.quant_min = random.chance(2) ? low : random.between(low, 0);
  args.quant_max = random.chance(2) ? -low - 1 : random.between(0, -low - 1);
  float* x = args.input.as<float>();
  for (std::size_t i = 0; i < args.input.elements(); ++i) {
    // Products near a half decide between the two roundings; extremes must saturate.
    if (random.chance(2)) x[i] = static_cast<float>((random.between(-200, 200) + 0.5) * args.scale);
    if (random.chance(40)) x[i] = random.chance(2) ? 3e38f : -3e38f;
    if (random.chance(80)) x[i] = NAN;
  }
  return true;
}

}  // namespace

extern const CaseRow cortex_m__quantize_per_tensor_out_cases;
const CaseRow cortex_m__quantize_per_tensor_out_cases = case_row<QuantizePerTensorArgs, reference, make_case>();

}  // namespace cortado::ops
