// The reference and the random cases of quantized_activation.
#include "ops/activation/contract.h"
#include "ops/case_row.h"

namespace cortado::ops {
namespace {

void reference(const QuantizedActivationArgs& args) {
  for (std::size_t i = 0; i < args.out.elements(); ++i)
    args.out.as<std::int8_t>()[i] =
        args.lut.as<std::int8_t>()[static_cast<std::uint8_t>(args.input.as<std::int8_t>()[i]) ^ 0x80];
}

bool make_case(CaseBuilder& builder, QuantizedActivationArgs& args) {
  Random& random = builder.random;
  const std::int32_t sizes[3] = {random.between(1, 3), random.between(0, 9), random.between(1, 40)};
  const std::int32_t entries = 256;
  args.input = builder.tensor(DType::i8, sizes, 3);
  args.lut = builder.tensor(DType::i8, &entries, 1);
  args.out = builder.output(DType::i8, sizes, 3);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__quantized_activation_out_cases;
const CaseRow cortex_m__quantized_activation_out_cases = case_row<QuantizedActivationArgs, reference, make_case>();

}  // namespace cortado::ops
