// The reference and the random cases of pad.
#include "ops/case_row.h"
#include "ops/pad/contract.h"

namespace cortado::ops {
namespace {

void reference(const PadArgs& args) {
  std::int64_t in[4], out[4];
  pad_memory_sizes(args.input, pad_counts_as_nhwc(args.input), in);
  pad_memory_sizes(args.out, pad_counts_as_nhwc(args.input), out);
  for (std::int64_t linear = 0; linear < out[0] * out[1] * out[2] * out[3]; ++linear) {
    std::int64_t rest = linear, at = 0, step = 1;
    bool inside = true;
    for (std::size_t i = 4; i-- > 0;) {
      const std::int64_t index = rest % out[i] - args.pre_pad[i];
      rest /= out[i];
      inside = inside && index >= 0 && index < in[i];
      at += index * step;
      step *= in[i];
    }
    args.out.as<std::int8_t>()[linear] =
        inside ? args.input.as<std::int8_t>()[at] : static_cast<std::int8_t>(args.pad_value);
  }
}

bool make_case(CaseBuilder& builder, PadArgs& args) {
  Random& random = builder.random;
  constexpr std::uint8_t nhwc[4] = {0, 2, 3, 1};
  const auto rank = static_cast<std::size_t>(random.between(1, 4));
  const std::uint8_t* order = rank == 4 && random.chance(2) ? nhwc : nullptr;
  std::int32_t sizes[4], out[4];
  std::int64_t before[4] = {}, after[4] = {};
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = random.between(1, 7);
  args.input = builder.tensor(DType::i8, sizes, rank, order);
  if (!builder.fits()) return false;
  const bool is_nhwc = pad_counts_as_nhwc(args.input);
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t at = 4 - rank + i;
    before[at] = random.between(0, 3);
    after[at] = random.between(0, 3);
    const std::size_t dim = is_nhwc ? nhwc[i] : i;
    out[dim] = static_cast<std::int32_t>(sizes[dim] + before[at] + after[at]);
  }
  args.pre_pad = builder.list(before, 4);
  args.post_pad = builder.list(after, 4);
  args.pad_value = random.between(-128, 127);
  args.out = builder.output(DType::i8, out, rank, is_nhwc ? nhwc : nullptr);
  return builder.fits();
}

}  // namespace

extern const CaseRow cortex_m__pad_out_cases;
const CaseRow cortex_m__pad_out_cases = case_row<PadArgs, reference, make_case>();

}  // namespace cortado::ops
