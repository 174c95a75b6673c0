// The reference and the random cases of quantized_div.
#include <math.h>

#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/div/contract.h"
#include "ops/element.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedDivArgs& args) {
  const Tensor* const operands[2] = {&args.self, &args.other};
  const double high = args.out.dtype == DType::i8 ? 127 : 32767;
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const std::int64_t a = load_number(args.self.dtype, args.self.data, offsets[0]).integer - args.self_zero_point;
    const std::int64_t b = load_number(args.other.dtype, args.other.data, offsets[1]).integer - args.other_zero_point;
    // Quotients of integers this small and products of floats round once from double, too.
    const auto quotient = b == 0 ? 0.0f : static_cast<float>(static_cast<double>(a) / static_cast<double>(b));
    const auto scaled = static_cast<float>(static_cast<double>(quotient) * static_cast<float>(args.output_scale));
    const auto shifted = static_cast<float>(round(static_cast<double>(scaled)) + args.output_zero_point);
    Number value;
    value.integer = static_cast<std::int64_t>(fmin(high, fmax(-high - 1, static_cast<double>(shifted))));
    store_number(args.out.dtype, args.out.data, at, value);
  });
}

bool make_case(CaseBuilder& builder, QuantizedDivArgs& args) {
  Random& random = builder.random;
  const DType dtype = random.chance(2) ? DType::i8 : DType::i16;
  const std::int32_t low = dtype == DType::i8 ? -128 : -32768;
  broadcast_tensors(builder, dtype, dtype, args.self, args.other, args.out);
  args.self_zero_point = random.between(low, -low - 1);
  args.other_zero_point = random.between(low, -low - 1);
  args.output_zero_point = random.between(low, -low - 1);
  args.output_scale = static_cast<double>(random.unit()) * (random.chance(2) ? 100 : 3000);
  if (random.chance(4)) args.output_scale = 0.5 * random.between(1, 40);  // halves
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_div_out_cases;
const CaseRow cortex_m__quantized_div_out_cases = case_row<QuantizedDivArgs, reference, make_case>();

}  // namespace cortado::ops
