// The integer reference and the random cases of quantized_add.
#include "ops/add/contract.h"
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/strided.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedAddArgs& args) {
  const Tensor* const operands[2] = {&args.self, &args.other};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const std::int32_t x = (args.self.as<std::int8_t>()[offsets[0]] - args.self_zero_point) * (1 << 20);
    const std::int32_t y = (args.other.as<std::int8_t>()[offsets[1]] - args.other_zero_point) * (1 << 20);
    const std::int32_t sum = wrapping_add(requantize(x, args.self_multiplier, args.self_shift),
                                          requantize(y, args.other_multiplier, args.other_shift));
    const std::int32_t z =
        wrapping_add(requantize(sum, args.output_multiplier, args.output_shift), args.output_zero_point);
    args.out.as<std::int8_t>()[at] = static_cast<std::int8_t>(clamp(z, args.activation_min, args.activation_max));
  });
}

bool make_case(CaseBuilder& builder, QuantizedAddArgs& args) {
  Random& random = builder.random;
  broadcast_tensors(builder, DType::i8, DType::i8, args.self, args.other, args.out);
  args.self_zero_point = random.between(-128, 127);
  args.other_zero_point = random.between(-128, 127);
  args.output_zero_point = random.between(-128, 127);
  args.self_multiplier = random.between(1 << 30, INT32_MAX);
  args.other_multiplier = random.between(1 << 30, INT32_MAX) * (random.chance(4) ? -1 : 1);
  args.output_multiplier = random.between(1 << 30, INT32_MAX);
  args.self_shift = random.between(-3, 0);
  args.other_shift = random.between(-3, 0);
  args.output_shift = random.between(-20, random.chance(8) ? 2 : -15);
  args.activation_min = random.chance(2) ? -128 : random.between(-128, 0);
  args.activation_max = random.chance(2) ? 127 : random.between(0, 127);
  if (random.chance(2)) {  // as compilers make it: an operand has the factor 1/2
    const bool is_self = random.chance(2);
    (is_self ? args.self_multiplier : args.other_multiplier) = 1 << 30;
    (is_self ? args.self_shift : args.other_shift) = 0;
  }
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_add_out_cases;
const CaseRow cortex_m__quantized_add_out_cases = case_row<QuantizedAddArgs, reference, make_case>();

}  // namespace cortado::ops
