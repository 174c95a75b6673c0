// The integer reference and the random cases of quantized_mul.
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/mul/contract.h"
#include "ops/strided.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedMulArgs& args) {
  const Tensor* const operands[2] = {&args.self, &args.other};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const std::int64_t a = args.self.as<std::int8_t>()[offsets[0]] - std::int64_t{args.self_zero_point};
    const std::int64_t b = args.other.as<std::int8_t>()[offsets[1]] - std::int64_t{args.other_zero_point};
    const std::int64_t y =
        std::int64_t{requantize(static_cast<std::int32_t>(a * b), args.output_multiplier, args.output_shift)} +
        args.output_zero_point;
    args.out.as<std::int8_t>()[at] = static_cast<std::int8_t>(y < -128 ? -128 : y > 127 ? 127 : y);
  });
}

bool make_case(CaseBuilder& builder, QuantizedMulArgs& args) {
  Random& random = builder.random;
  broadcast_tensors(builder, DType::i8, DType::i8, args.self, args.other, args.out);
  args.self_zero_point = random.between(-128, 127);
  args.other_zero_point = random.chance(4) ? random.between(-5000, 5000) : random.between(-128, 127);
  args.output_zero_point = random.between(-128, 127);
  args.output_multiplier = random.between(1 << 30, INT32_MAX);
  args.output_shift = random.between(-12, random.chance(8) ? 3 : -6);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_mul_out_cases;
const CaseRow cortex_m__quantized_mul_out_cases = case_row<QuantizedMulArgs, reference, make_case>();

}  // namespace cortado::ops
