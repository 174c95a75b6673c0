// References and random cases of minimum and maximum.
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/extremes/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

template <class Kind>
void reference(const ExtremeArgs<Kind>& args) {
  const Tensor* const operands[2] = {&args.self, &args.other};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const Number a = load_number(args.self.dtype, args.self.data, offsets[0]);
    const Number b = load_number(args.other.dtype, args.other.data, offsets[1]);
    bool takes_a = a.is_integer ? a.integer < b.integer : a.real < b.real;
    if (Kind::larger) takes_a = a.is_integer ? a.integer > b.integer : a.real > b.real;
    const bool a_is_nan = !a.is_integer && a.real != a.real;
    store_number(args.out.dtype, args.out.data, at, takes_a || a_is_nan ? a : b);
  });
}

template <class Kind>
bool make_case(CaseBuilder& builder, ExtremeArgs<Kind>& args) {
  Random& random = builder.random;
  constexpr DType dtypes[] = {DType::i8, DType::f32, DType::f32, DType::i16, DType::i32, DType::i64};
  const DType dtype = Kind::only_i8 ? DType::i8 : dtypes[random.between(0, 5)];
  broadcast_tensors(builder, dtype, dtype, args.self, args.other, args.out);
  if (!builder.fits()) return false;
  if (dtype == DType::f32 && random.chance(2)) {
    args.self.template as<float>()[0] = __builtin_nanf("");
    args.other.template as<float>()[args.other.elements() - 1] = __builtin_nanf("");
  }
  return true;
}

template <class Kind>
constexpr CaseRow row() {
  return case_row<ExtremeArgs<Kind>, reference<Kind>, make_case<Kind>>();
}

}  // namespace

extern const CaseRow cortex_m__minimum_out_cases, cortex_m__maximum_out_cases, aten__minimum_out_cases,
    aten__maximum_out_cases;
const CaseRow cortex_m__minimum_out_cases = row<CortexMMinimum>();
const CaseRow cortex_m__maximum_out_cases = row<CortexMMaximum>();
const CaseRow aten__minimum_out_cases = row<AtenMinimum>();
const CaseRow aten__maximum_out_cases = row<AtenMaximum>();

}  // namespace cortado::ops
