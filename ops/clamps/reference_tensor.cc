// Reference and random cases of limits that are tensors.
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/clamps/contract.h"
#include "ops/element.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

// min(max(x, low), high) on doubles, which hold the cases' integers exactly.
void clamp_tensor_reference(const ClampTensorArgs& args) {
  const Tensor& low = args.min.present ? static_cast<const Tensor&>(args.min) : args.self;
  const Tensor& high = args.max.present ? static_cast<const Tensor&>(args.max) : args.self;
  const Tensor* const operands[3] = {&args.self, &low, &high};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    Number y;
    y.is_integer = false;
    y.real = load_number(args.self.dtype, args.self.data, offsets[0]).as_real();
    const double floor = load_number(low.dtype, low.data, offsets[1]).as_real();
    const double ceiling = load_number(high.dtype, high.data, offsets[2]).as_real();
    if (args.min.present && y.real < floor) y.real = floor;
    if (args.max.present && y.real > ceiling) y.real = ceiling;
    store_number(args.out.dtype, args.out.data, at, y);
  });
}

bool clamp_tensor_case(CaseBuilder& builder, ClampTensorArgs& args) {
  Random& random = builder.random;
  constexpr DType dtypes[] = {DType::f32, DType::f32, DType::i8, DType::i32};
  const DType dtype = dtypes[random.between(0, 3)];
  const BroadcastSizes s = broadcast_sizes(random);
  const std::int32_t* const sizes = random.chance(2) ? s.out : s.a;
  args.self = builder.tensor(dtype, sizes, s.a_rank, random.chance(2) ? nullptr : s.order);
  static_cast<Tensor&>(args.min) = builder.tensor(dtype, s.b, s.b_rank);
  static_cast<Tensor&>(args.max) = builder.tensor(dtype, s.out, s.rank, s.order);
  args.min.present = random.chance(2);
  args.max.present = !args.min.present || random.chance(2);
  args.out = builder.output(dtype, s.out, s.rank, s.order);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__clamp_Tensor_out_cases;
const CaseRow aten__clamp_Tensor_out_cases = case_row<ClampTensorArgs, clamp_tensor_reference, clamp_tensor_case>();

}  // namespace cortado::ops
