// References and random cases of operators on two numbers: the same functions, applied by index in the common type.
#include "ops/arithmetic/contract.h"
#include "ops/arithmetic/functions.h"
#include "ops/broadcast_case.h"
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

// other(offset) gives the second operand.
template <class Function, class Other>
void apply(const Tensor& self, const Tensor& other, const Tensor& out, const Scalar& alpha, Other load_other) {
  const Tensor* const operands[2] = {&self, &other};
  for_each_index(out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const Number a = load_number(self.dtype, self.data, offsets[0]);
    const Number b = load_other(offsets[1]);
    Number y;
    y.is_integer = a.is_integer && b.is_integer && !Function::divides;
    if (y.is_integer)
      y.integer = Function::of(a.integer, b.integer, converted<std::int64_t>(number_of(alpha)));
    else
      y.real = static_cast<double>(Function::of(static_cast<float>(a.as_real()), static_cast<float>(b.as_real()),
                                                static_cast<float>(alpha.as_double())));
    store_number(out.dtype, out.data, at, y);
  });
}

template <class Function>
void with_tensor(const Tensor& self, const Tensor& other, const Tensor& out, const Scalar& alpha) {
  apply<Function>(self, other, out, alpha,
                  [&](std::int32_t offset) { return load_number(other.dtype, other.data, offset); });
}
template <class Function>
void with_number(const Tensor& self, const Scalar& other, const Tensor& out, const Scalar& alpha) {
  apply<Function>(self, Tensor{}, out, alpha, [&](std::int32_t) { return number_of(other); });
}

Scalar one() {
  Scalar scalar;
  scalar.is_integer = true;
  scalar.integer = 1;
  return scalar;
}

template <class Kind>
void reference(const TensorTensorArgs<Kind>& args) {
  with_tensor<Kind>(args.self, args.other, args.out, one());
}
template <class Kind>
void reference(const TensorScalarArgs<Kind>& args) {
  with_number<Kind>(args.self, args.other, args.out, one());
}
template <class Kind>
void reference(const ScaledTensorArgs<Kind>& args) {
  with_tensor<Kind>(args.self, args.other, args.out, args.alpha);
}
template <class Kind>
void reference(const ScaledScalarArgs<Kind>& args) {
  with_number<Kind>(args.self, args.other, args.out, args.alpha);
}

// Calls `divide` with the division that the mode names.
template <class Divide>
void with_rounding(const OptionalString& mode, Divide divide) {
  if (!mode.present)
    divide(arithmetic::Div());
  else if (mode.text[0] == 'f')
    divide(arithmetic::FloorDivide());
  else
    divide(arithmetic::TruncDivide());
}

void div_mode_reference(const DivModeArgs& args) {
  with_rounding(args.rounding_mode,
                [&](auto kind) { with_tensor<decltype(kind)>(args.self, args.other, args.out, one()); });
}

void div_scalar_mode_reference(const DivScalarModeArgs& args) {
  with_rounding(args.rounding_mode,
                [&](auto kind) { with_number<decltype(kind)>(args.self, args.other, args.out, one()); });
}

void pow_scalar_reference(const PowScalarArgs& args) {
  const Tensor* const operands[1] = {&args.exponent};
  for_each_index(args.out, operands, [&](std::int32_t at, const std::int32_t* offsets) {
    const Number a = number_of(args.self), b = load_number(args.exponent.dtype, args.exponent.data, offsets[0]);
    Number y;
    y.is_integer = a.is_integer && b.is_integer;
    if (y.is_integer)
      y.integer = arithmetic::Pow::of(a.integer, b.integer, 1);
    else
      y.real =
          static_cast<double>(arithmetic::Pow::of(static_cast<float>(a.as_real()), static_cast<float>(b.as_real()), 1));
    store_number(args.out.dtype, args.out.data, at, y);
  });
}

constexpr DType dtypes[] = {DType::f32, DType::f32, DType::f32, DType::i8, DType::i32, DType::i64, DType::boolean};

// Division rounded down (1), cut (2) or as it is (0).
void random_rounding(Random& random, OptionalString& rounding_mode) {
  const std::int32_t mode = random.between(0, 2);
  rounding_mode.present = mode > 0;
  rounding_mode.text = mode == 1 ? "floor" : "trunc";
  rounding_mode.length = 5;
}

bool is_bitwise(const char* name) { return strncmp(name, "aten::bitwise", 13) == 0; }

template <class Function>
DType result_of(DType a, DType b) {
  if (Function::predicate) return DType::boolean;
  if (Function::divides || is_float(a) || is_float(b)) return DType::f32;
  return size_bytes(a) > size_bytes(b) ? a : b;
}

template <class Function>
bool make_tensors(CaseBuilder& builder, const char* name, Tensor& self, Tensor& other, Tensor& out) {
  Random& random = builder.random;
  const std::int32_t first = is_bitwise(name) ? 3 : 0;
  const BroadcastSizes s = broadcast_sizes(random);
  const DType a = dtypes[random.between(first, 6)], b = random.chance(2) ? a : dtypes[random.between(first, 6)];
  self = builder.tensor(a, s.a, s.a_rank, random.chance(4) ? nullptr : s.order);
  other = builder.tensor(b, s.b, s.b_rank);
  out = builder.output(result_of<Function>(a, b), s.out, s.rank, s.order);
  if (!builder.fits()) return false;
  // Equal elements, for comparisons.
  if (a == b && self.elements() == other.elements() && random.chance(3))
    memcpy(self.data, other.data, self.bytes() / 2);
  return true;
}

Scalar random_scalar(Random& random, bool integer) {
  Scalar scalar;
  scalar.is_integer = integer || random.chance(2);
  scalar.integer = random.between(-4, 5);
  scalar.number = scalar.is_integer ? static_cast<double>(scalar.integer) : random.between(-40, 40) * 0.125;
  return scalar;
}

template <class Function>
bool make_scalar(CaseBuilder& builder, const char* name, Tensor& self, Scalar& other, Tensor& out) {
  Random& random = builder.random;
  const std::int32_t first = is_bitwise(name) ? 3 : 0;
  const DType a = dtypes[random.between(first, 6)];
  const std::size_t rank = random_rank(random, 0, 3);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  other = random_scalar(random, first > 0);
  self = ordered_tensor(builder, a, sizes, rank);
  out = ordered_tensor(builder, result_of<Function>(a, other.is_integer ? a : DType::f32), sizes, rank, true);
  return builder.fits();
}

template <class Kind>
bool make_case(CaseBuilder& builder, TensorTensorArgs<Kind>& args) {
  return make_tensors<Kind>(builder, args.name, args.self, args.other, args.out);
}
template <class Kind>
bool make_case(CaseBuilder& builder, TensorScalarArgs<Kind>& args) {
  return make_scalar<Kind>(builder, args.name, args.self, args.other, args.out);
}
template <class Kind>
bool make_case(CaseBuilder& builder, ScaledTensorArgs<Kind>& args) {
  args.alpha = random_scalar(builder.random, true);
  return make_tensors<Kind>(builder, args.name, args.self, args.other, args.out);
}
template <class Kind>
bool make_case(CaseBuilder& builder, ScaledScalarArgs<Kind>& args) {
  args.alpha = random_scalar(builder.random, true);
  return make_scalar<Kind>(builder, args.name, args.self, args.other, args.out);
}

bool div_mode_case(CaseBuilder& builder, DivModeArgs& args) {
  random_rounding(builder.random, args.rounding_mode);
  if (!args.rounding_mode.present)
    return make_tensors<arithmetic::Div>(builder, args.name, args.self, args.other, args.out);
  return make_tensors<arithmetic::FloorDivide>(builder, args.name, args.self, args.other, args.out);
}

bool div_scalar_mode_case(CaseBuilder& builder, DivScalarModeArgs& args) {
  random_rounding(builder.random, args.rounding_mode);
  if (!args.rounding_mode.present)
    return make_scalar<arithmetic::Div>(builder, args.name, args.self, args.other, args.out);
  return make_scalar<arithmetic::FloorDivide>(builder, args.name, args.self, args.other, args.out);
}

bool pow_scalar_case(CaseBuilder& builder, PowScalarArgs& args) {
  return make_scalar<arithmetic::Pow>(builder, args.name, args.exponent, args.self, args.out);
}

template <class Args>
constexpr CaseRow row() {
  return case_row<Args, reference, make_case>();
}

}  // namespace

#define CORTADO_ARITHMETIC(symbol, ...) \
  extern const CaseRow symbol##_cases;  \
  const CaseRow symbol##_cases = row<__VA_ARGS__>();
#include "ops/arithmetic/symbols.h"
#undef CORTADO_ARITHMETIC

extern const CaseRow aten__div_out_mode_cases, aten__div_Scalar_mode_out_cases, aten__pow_Scalar_out_cases;
const CaseRow aten__div_out_mode_cases = case_row<DivModeArgs, div_mode_reference, div_mode_case>();
const CaseRow aten__div_Scalar_mode_out_cases =
    case_row<DivScalarModeArgs, div_scalar_mode_reference, div_scalar_mode_case>();
const CaseRow aten__pow_Scalar_out_cases = case_row<PowScalarArgs, pow_scalar_reference, pow_scalar_case>();

}  // namespace cortado::ops
