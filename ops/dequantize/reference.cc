// The reference and the random cases of dequantize_per_tensor.
#include "ops/case_row.h"
#include "ops/dequantize/contract.h"

namespace cortado::ops {
namespace {

void reference(const DequantizePerTensorArgs& args) {
  // The difference has at most 17 bits, so that the product is exact in double and rounds once.
  const double scale = static_cast<float>(args.scale);
  for (std::size_t i = 0; i < args.input.elements(); ++i) {
    const std::int64_t q = args.dtype == DType::i8 ? args.input.as<std::int8_t>()[i] : args.input.as<std::int16_t>()[i];
    args.out.as<float>()[i] = static_cast<float>(static_cast<double>(q - args.zero_point) * scale);
  }
}

bool make_case(CaseBuilder& builder, DequantizePerTensorArgs& args) {
  Random& random = builder.random;
  const std::int32_t sizes[3] = {random.between(1, 4), random.between(1, 6), random.between(1, 30)};
  args.dtype = random.chance(3) ? DType::i16 : DType::i8;
  args.input = builder.tensor(args.dtype, sizes, 3);
  args.out = builder.output(DType::f32, sizes, 3);
  args.scale = static_cast<double>(random.unit()) * (random.chance(2) ? 0.1 : 1e-5);
  args.zero_point = args.dtype == DType::i8 ? random.between(-128, 127) : random.between(-32768, 32767);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__dequantize_per_tensor_out_cases;
const CaseRow cortex_m__dequantize_per_tensor_out_cases = case_row<DequantizePerTensorArgs, reference, make_case>();

}  // namespace cortado::ops
