// References and random cases of tensors made from numbers.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/filling/contract.h"
#include "ops/index_map.h"

namespace cortado::ops {
namespace {

void fill(const Tensor& out, const Scalar& value) {
  for (std::size_t i = 0; i < out.elements(); ++i)
    store_number(out.dtype, out.data, static_cast<std::int64_t>(i), number_of(value));
}

Scalar integer(std::int64_t value) {
  Scalar scalar;
  scalar.is_integer = true;
  scalar.integer = value;
  return scalar;
}

void full_reference(const FullArgs& args) { fill(args.out, args.fill_value); }
void full_like_reference(const FullLikeArgs& args) { fill(args.out, args.fill_value); }
void fill_reference(const FillArgs& args) { fill(args.out, args.value); }
void scalar_tensor_reference(const ScalarTensorArgs& args) { fill(args.out, args.s); }
template <class Kind>
void constant_reference(const ConstantArgs<Kind>& args) {
  fill(args.out, integer(Kind::value));
}

void range(const Scalar& start, const Scalar& step, const Tensor& out) {
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(out.elements()); ++i) {
    Scalar value = integer(start.integer + i * step.integer);
    value.is_integer = start.is_integer && step.is_integer;
    value.number = start.as_double() + static_cast<double>(i) * step.as_double();
    store_number(out.dtype, out.data, i, number_of(value));
  }
}
void arange_start_reference(const ArangeStartArgs& args) { range(args.start, args.step, args.out); }
void arange_reference(const ArangeArgs& args) { range(integer(0), integer(1), args.out); }

Scalar random_scalar(Random& random) {
  Scalar scalar;
  scalar.is_integer = random.chance(2);
  scalar.integer = random.between(-100, 100);
  scalar.number = random.between(-800, 800) * 0.125;
  return scalar;
}

Tensor random_output(CaseBuilder& builder) {
  const std::size_t rank = random_rank(builder.random, 0, 4);
  const DType dtype = random_dtype(builder.random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(builder.random, rank, sizes);
  return ordered_tensor(builder, dtype, sizes, rank, true);
}

bool full_case(CaseBuilder& builder, FullArgs& args) {
  args.fill_value = random_scalar(builder.random);
  args.out = random_output(builder);
  return builder.fits();
}
bool full_like_case(CaseBuilder& builder, FullLikeArgs& args) {
  args.fill_value = random_scalar(builder.random);
  args.self = args.out = random_output(builder);
  return builder.fits();
}
bool fill_case(CaseBuilder& builder, FillArgs& args) {
  args.value = random_scalar(builder.random);
  args.self = args.out = random_output(builder);
  return builder.fits();
}
bool scalar_tensor_case(CaseBuilder& builder, ScalarTensorArgs& args) {
  args.s = random_scalar(builder.random);
  args.out = builder.output(random_dtype(builder.random), nullptr, 0);
  return builder.fits();
}
template <class Kind>
bool constant_case(CaseBuilder& builder, ConstantArgs<Kind>& args) {
  args.out = random_output(builder);
  return builder.fits();
}
bool arange_start_case(CaseBuilder& builder, ArangeStartArgs& args) {
  Random& random = builder.random;
  const std::int32_t length = random.between(0, 40),
                     step = random.chance(2) ? random.between(1, 5) : random.between(-5, -1);
  args.start = integer(random.between(-50, 50));
  args.step = integer(step);
  args.end = integer(args.start.integer + length * step);
  if (random.chance(3)) {
    args.start.is_integer = args.step.is_integer = false;
    args.start.number = static_cast<double>(args.start.integer);
    args.step.number = step;
  }
  args.out = builder.output(random.chance(2) ? DType::i64 : DType::f32, &length, 1);
  return builder.fits();
}
bool arange_case(CaseBuilder& builder, ArangeArgs& args) {
  const std::int32_t length = builder.random.between(0, 40);
  args.end = integer(length);
  args.out = builder.output(builder.random.chance(2) ? DType::i64 : DType::f32, &length, 1);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__full_out_cases, aten__full_like_out_cases, aten__fill_Scalar_out_cases,
    aten__scalar_tensor_out_cases, aten__zeros_out_cases, aten__ones_out_cases, aten__arange_start_out_cases,
    aten__arange_out_cases;
const CaseRow aten__full_out_cases = case_row<FullArgs, full_reference, full_case>();
const CaseRow aten__full_like_out_cases = case_row<FullLikeArgs, full_like_reference, full_like_case>();
const CaseRow aten__fill_Scalar_out_cases = case_row<FillArgs, fill_reference, fill_case>();
const CaseRow aten__scalar_tensor_out_cases = case_row<ScalarTensorArgs, scalar_tensor_reference, scalar_tensor_case>();
const CaseRow aten__zeros_out_cases = case_row<ConstantArgs<Zeros>, constant_reference<Zeros>, constant_case<Zeros>>();
const CaseRow aten__ones_out_cases = case_row<ConstantArgs<Ones>, constant_reference<Ones>, constant_case<Ones>>();
const CaseRow aten__arange_start_out_cases = case_row<ArangeStartArgs, arange_start_reference, arange_start_case>();
const CaseRow aten__arange_out_cases = case_row<ArangeArgs, arange_reference, arange_case>();

}  // namespace cortado::ops
