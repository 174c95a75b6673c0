// The integer reference and the random cases of quantized_batch_matmul.
#include "ops/batch_matmul/contract.h"
#include "ops/case_row.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedBatchMatmulArgs& args) {
  const std::int32_t rows = args.lhs.size(1), columns = args.rhs_transposed.size(1), inner = args.lhs.size(2);
  for (std::int32_t b = 0; b < args.lhs.size(0); ++b)
    for (std::int32_t i = 0; i < rows; ++i)
      for (std::int32_t j = 0; j < columns; ++j) {
        std::int64_t acc = 0;
        for (std::int32_t k = 0; k < inner; ++k) {
          const std::int64_t l = args.lhs.as<std::int8_t>()[(b * rows + i) * inner + k] + args.lhs_zero_point;
          const std::int64_t r =
              args.rhs_transposed.as<std::int8_t>()[(b * columns + j) * inner + k] + args.rhs_zero_point;
          acc += l * r;
        }
        const std::int32_t scaled =
            requantize(static_cast<std::int32_t>(acc), args.output_multiplier, args.output_shift);
        args.out.as<std::int8_t>()[(b * rows + i) * columns + j] =
            static_cast<std::int8_t>(clamp(scaled + args.output_zero_point, -128, 127));
      }
}

bool make_case(CaseBuilder& builder, QuantizedBatchMatmulArgs& args) {
  Random& random = builder.random;
  const std::int32_t batch = random.between(1, 4), rows = random.between(1, 9), columns = random.between(1, 9);
  const std::int32_t inner = random.between(1, 70), no_scratch = 0;
  const std::int32_t lhs[3] = {batch, rows, inner}, rhs[3] = {batch, columns, inner}, out[3] = {batch, rows, columns};
  args.lhs = builder.tensor(DType::i8, lhs, 3);
  args.rhs_transposed = builder.tensor(DType::i8, rhs, 3);
  args.lhs_zero_point = random.between(-127, 128);
  args.rhs_zero_point = random.chance(3) ? 0 : random.between(-127, 128);
  args.output_zero_point = random.between(-128, 127);
  args.output_multiplier = random.between(1 << 30, INT32_MAX);
  args.output_shift = random.between(-14, -6);
  args.scratch = builder.tensor(DType::u8, &no_scratch, 1);
  args.out = builder.output(DType::i8, out, 3);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_batch_matmul_out_cases;
const CaseRow cortex_m__quantized_batch_matmul_out_cases = case_row<QuantizedBatchMatmulArgs, reference, make_case>();

}  // namespace cortado::ops
