// References and random cases of elementwise choices.
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/selections/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

void where_reference(const WhereArgs& args) {
  const Tensor* const operands[3] = {&args.condition, &args.self, &args.other};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const bool takes_self = args.condition.as<std::uint8_t>()[offsets[0]] != 0;
    copy_element(args.out, at, takes_self ? args.self : args.other, offsets[takes_self ? 1 : 2]);
  });
}

void masked_fill_reference(const MaskedFillArgs& args) {
  const Tensor* const operands[2] = {&args.self, &args.mask};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    if (args.mask.as<std::uint8_t>()[offsets[1]] != 0)
      store_number(args.out.dtype, args.out.data, at, number_of(args.value));
    else
      copy_element(args.out, at, args.self, offsets[0]);
  });
}

bool where_case(CaseBuilder& builder, WhereArgs& args) {
  Random& random = builder.random;
  const DType dtype = random_dtype(random);
  const BroadcastSizes s = broadcast_sizes(random);
  const bool full_condition = random.chance(2) || s.a_rank != s.rank;
  args.condition = builder.tensor(DType::boolean, full_condition ? s.out : s.a, s.rank);
  args.self = builder.tensor(dtype, s.a, s.a_rank, random.chance(2) ? nullptr : s.order);
  args.other = builder.tensor(dtype, s.b, s.b_rank);
  args.out = builder.output(dtype, s.out, s.rank, s.order);
  return builder.fits();
}

bool masked_fill_case(CaseBuilder& builder, MaskedFillArgs& args) {
  Random& random = builder.random;
  const DType dtype = random_dtype(random);
  const BroadcastSizes s = broadcast_sizes(random);
  args.self = builder.tensor(dtype, s.out, s.rank, random.chance(2) ? nullptr : s.order);
  args.mask = builder.tensor(DType::boolean, s.b, s.b_rank);
  args.value.is_integer = random.chance(2);
  args.value.integer = random.between(-3, 3);
  args.value.number = random.between(-30, 30) * 0.125;
  args.out = builder.output(dtype, s.out, s.rank, s.order);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__where_self_out_cases, aten__masked_fill_Scalar_out_cases;
const CaseRow aten__where_self_out_cases = case_row<WhereArgs, where_reference, where_case>();
const CaseRow aten__masked_fill_Scalar_out_cases = case_row<MaskedFillArgs, masked_fill_reference, masked_fill_case>();

}  // namespace cortado::ops
