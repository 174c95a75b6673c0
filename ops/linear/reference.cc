// The integer reference and the random cases of quantized_linear.
#include "ops/case_row.h"
#include "ops/linear/contract.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedLinearArgs& args) {
  const std::int32_t in = args.weights.size(1);
  const std::int32_t out = args.weights.size(0);
  const std::size_t rows = args.input.elements() / static_cast<std::size_t>(in);
  for (std::size_t n = 0; n < rows; ++n) {
    for (std::int32_t o = 0; o < out; ++o) {
      std::int64_t acc = 0;
      if (args.kernel_sum.present)
        acc = args.kernel_sum.as<std::int32_t>()[o];
      else if (args.bias.present)
        acc = args.bias.as<std::int32_t>()[o];
      for (std::int32_t i = 0; i < in; ++i) {
        const std::int64_t x =
            args.input.as<std::int8_t>()[n * static_cast<std::size_t>(in) + static_cast<std::size_t>(i)];
        const std::int64_t w = args.weights.as<std::int8_t>()[o * in + i];
        acc += (x + (args.kernel_sum.present ? 0 : args.input_offset)) * (w + args.filter_offset);
      }
      const std::int32_t scaled =
          requantize(static_cast<std::int32_t>(acc), static_cast<std::int32_t>(args.requantize_multipliers[0]),
                     static_cast<std::int32_t>(args.requantize_shifts[0]));
      args.out.as<std::int8_t>()[n * static_cast<std::size_t>(out) + static_cast<std::size_t>(o)] =
          static_cast<std::int8_t>(
              clamp(wrapping_add(scaled, args.output_offset), args.activation_min, args.activation_max));
    }
  }
}

bool make_case(CaseBuilder& builder, QuantizedLinearArgs& args) {
  Random& random = builder.random;
  const std::int32_t in = random.between(1, 70);
  const std::int32_t out = random.between(1, 20);
  const std::int32_t rows[2] = {random.between(1, 3), in};
  const std::int32_t out_sizes[2] = {rows[0], out};
  const std::int32_t weight_sizes[2] = {out, in};
  args.input = builder.tensor(DType::i8, rows, 2);
  args.weights = builder.tensor(DType::i8, weight_sizes, 2);
  static_cast<Tensor&>(args.bias) = builder.tensor(DType::i32, &out, 1);
  if (!builder.fits()) return false;
  for (std::int32_t o = 0; o < out; ++o) args.bias.as<std::int32_t>()[o] = random.between(-100000, 100000);
  if (random.chance(2)) {
    args.kernel_sum = args.bias;
    args.kernel_sum.present = true;
  } else {
    args.bias.present = random.chance(2);
  }
  args.input_offset = random.between(-127, 128);
  args.filter_offset = random.chance(3) ? random.between(-127, 128) : 0;
  args.output_offset = random.between(-128, 127);
  const std::int64_t multiplier = random.between(1 << 30, INT32_MAX);
  const std::int64_t shift = random.between(-12, random.chance(8) ? 31 : -4);
  args.requantize_multipliers = builder.list(&multiplier, 1);
  args.requantize_shifts = builder.list(&shift, 1);
  args.activation_min = random.chance(2) ? -128 : random.between(-128, 0);
  args.activation_max = random.chance(2) ? 127 : random.between(0, 127);
  args.out = builder.output(DType::i8, out_sizes, 2);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_linear_out_cases;
const CaseRow cortex_m__quantized_linear_out_cases = case_row<QuantizedLinearArgs, reference, make_case>();

}  // namespace cortado::ops
