// Reference and random cases of masked_scatter: element by element, the source in order.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/puts/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

void masked_scatter_reference(const MaskedScatterArgs& args) {
  const Tensor* const operands[2] = {&args.self, &args.mask};
  std::int64_t taken = 0;
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    if (args.mask.as<std::uint8_t>()[offsets[1]] != 0)
      copy_element(args.out, at, args.source, taken++);
    else
      copy_element(args.out, at, args.self, offsets[0]);
  });
}

bool masked_scatter_case(CaseBuilder& builder, MaskedScatterArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 4);
  std::int32_t sizes[max_rank] = {}, mask[max_rank] = {};
  random_sizes(random, rank, sizes);
  const std::size_t dropped = random_rank(random, 0, static_cast<std::int32_t>(rank));
  for (std::size_t i = 0; i < rank; ++i) mask[i] = random.chance(4) ? 1 : sizes[i];
  const DType dtype = random_dtype(random);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.mask = ordered_tensor(builder, DType::boolean, mask + dropped, rank - dropped);
  const auto count = static_cast<std::int32_t>(builder.fits() ? args.self.elements() : 0);
  args.source = builder.tensor(dtype, &count, 1);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__masked_scatter_out_cases;
const CaseRow aten__masked_scatter_out_cases =
    case_row<MaskedScatterArgs, masked_scatter_reference, masked_scatter_case>();

}  // namespace cortado::ops
