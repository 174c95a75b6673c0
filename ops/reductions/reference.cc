// References and random cases of reductions: every result by itself, from the indices of its elements.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/reductions/contract.h"
#include "ops/reductions/functions.h"

namespace cortado::ops {
namespace {

using reductions::Dims;
using reductions::Result;

// The dimensions of an argument, none for an empty list.
Dims named(const IntList& list, std::size_t rank) {
  Dims dims;
  for (std::uint32_t i = 0; i < list.count; ++i) dims.mask |= std::uint32_t{1} << wrapped(list[i], rank);
  return dims;
}
Dims dims_of(std::int64_t dim, const Tensor& self) {
  return {std::uint32_t{1} << (self.rank == 0 ? 0 : wrapped(dim, self.rank))};
}
Dims dims_of(const IntList& list, const Tensor& self) {
  return list.count == 0 ? reductions::all_dims(self) : named(list, self.rank);
}
Dims dims_of(const OptionalIntList& list, const Tensor& self) {
  return !list.present || list.count == 0 ? reductions::all_dims(self) : named(list, self.rank);
}

// Calls visit(element) for every element of self that belongs to the result `at`.
template <class Visit>
void for_each_element(const Tensor& self, Dims dims, bool keepdim, const Index& at, Visit visit) {
  Index index;
  std::size_t count = 1;
  for (std::size_t i = 0, j = 0; i < self.rank; ++i) {
    if (dims[i])
      count *= static_cast<std::size_t>(self.sizes[i]);
    else
      index.at[i] = at.at[j];
    if (!dims[i] || keepdim) ++j;
  }
  for (std::size_t linear = 0; linear < count; ++linear) {
    std::size_t rest = linear;
    for (std::size_t i = self.rank; i-- > 0;) {
      if (!dims[i]) continue;
      index.at[i] = static_cast<std::int32_t>(rest % static_cast<std::size_t>(self.sizes[i]));
      rest /= static_cast<std::size_t>(self.sizes[i]);
    }
    visit(load_number(self.dtype, self.data, offset_of(self, index)));
  }
}

template <class Function>
Number result_at(const Tensor& self, const Tensor& out, Dims dims, bool keepdim, const Index& at) {
  Number y;
  std::int64_t count = 0;
  y.is_integer = !is_float(self.dtype) && !is_float(out.dtype);
  if constexpr (!Function::needs_elements) {
    y.integer = Function::start;
    y.real = static_cast<double>(Function::start);
  }
  for_each_element(self, dims, keepdim, at, [&](const Number& x) {
    if (count++ == 0 && Function::needs_elements)
      y = x;
    else if (y.is_integer)
      Function::add(y.integer, x.integer);
    else
      Function::add(y.real, x.as_real());
  });
  if (Function::result == Result::real) y.real = count == 0 ? __builtin_nan("") : y.real / static_cast<double>(count);
  return y;
}

template <class Function>
void reduce(const Tensor& self, const Tensor& out, Dims dims, bool keepdim) {
  for_each_logical_index(out, [&](const Index& at) {
    store_number(out.dtype, out.data, offset_of(out, at), result_at<Function>(self, out, dims, keepdim, at));
  });
}

template <class Kind>
void reference(const ReduceAllArgs<Kind>& args) {
  reduce<typename Kind::Function>(args.self, args.out, reductions::all_dims(args.self), false);
}
template <class Kind>
void reference(const ReduceAllToTypeArgs<Kind>& args) {
  reduce<typename Kind::Function>(args.self, args.out, reductions::all_dims(args.self), false);
}
template <class Kind, class Dim>
void reference(const ReduceToTypeArgs<Kind, Dim>& args) {
  reduce<typename Kind::Function>(args.self, args.out, dims_of(args.dim, args.self), args.keepdim);
}
template <class Kind, class Dim>
void reference(const ReduceArgs<Kind, Dim>& args) {
  reduce<typename Kind::Function>(args.self, args.out, dims_of(args.dim, args.self), args.keepdim);
}
template <class Kind>  // any.dims
void reference(const ReduceArgs<Kind, OptionalIntList>& args) {
  const Dims dims = args.dim.present ? named(args.dim, args.self.rank) : reductions::all_dims(args.self);
  reduce<typename Kind::Function>(args.self, args.out, dims, args.keepdim);
}

void variance(const Tensor& self, const OptionalIntList& list, bool keepdim, double correction, const Tensor& out) {
  const Dims dims = dims_of(list, self);
  for_each_logical_index(out, [&](const Index& at) {
    double count = 0, squares = 0;
    Number y = result_at<reductions::Mean>(self, out, dims, keepdim, at);
    const double mean = y.real;
    for_each_element(self, dims, keepdim, at, [&](const Number& x) {
      ++count;
      squares += (x.real - mean) * (x.real - mean);
    });
    y.real = count > correction ? squares / (count - correction) : __builtin_nan("");
    store_number(out.dtype, out.data, offset_of(out, at), y);
  });
}
void var_reference(const VarArgs& args) {
  variance(args.self, args.dim, args.keepdim, args.unbiased ? 1 : 0, args.out);
}
void var_correction_reference(const VarCorrectionArgs& args) {
  variance(args.self, args.dim, args.keepdim, args.correction.present ? args.correction.as_double() : 1, args.out);
}

// --- random cases

void random_dims(CaseBuilder& builder, std::size_t rank, IntList& list) {
  std::int64_t dims[max_rank] = {};
  std::size_t count = 0;
  for (std::size_t i = 0; i < rank; ++i)
    if (builder.random.chance(2))
      dims[count++] = static_cast<std::int64_t>(i) - (builder.random.chance(2) ? static_cast<std::int64_t>(rank) : 0);
  list = builder.list(dims, count);
}
void random_dims(CaseBuilder& builder, std::size_t rank, OptionalIntList& list) {
  list.present = !builder.random.chance(4);
  if (list.present) random_dims(builder, rank, static_cast<IntList&>(list));
}
void random_dims(CaseBuilder& builder, std::size_t rank, std::int64_t& dim) { dim = random_dim(builder.random, rank); }

DType random_input(Random& random) {
  constexpr DType dtypes[] = {DType::f32, DType::f32, DType::f32, DType::i8,
                              DType::i32, DType::i64, DType::u8,  DType::boolean};
  return dtypes[random.between(0, 7)];
}
DType random_output(Random& random, Result result, DType self) {
  switch (result) {
    case Result::number: return is_float(self) || random.chance(4) ? DType::f32 : DType::i64;
    case Result::real: return DType::f32;
    case Result::same: return self;
    default: return DType::boolean;
  }
}

// Sizes 1 … 5 (the last 1 … 12), and now and then 0 where the result over nothing is known.
Tensor random_self(CaseBuilder& builder, DType dtype, bool may_be_empty) {
  const std::size_t rank = random_rank(builder.random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = builder.random.between(1, i + 1 == rank ? 12 : 5);
  if (may_be_empty && rank > 0 && builder.random.chance(20))
    sizes[builder.random.between(0, static_cast<std::int32_t>(rank) - 1)] = 0;
  return ordered_tensor(builder, dtype, sizes, rank);
}

Tensor kept_output(CaseBuilder& builder, DType dtype, const Tensor& self, Dims dims, bool keepdim) {
  std::int32_t sizes[max_rank] = {};
  std::size_t rank = 0;
  for (std::size_t i = 0; builder.fits() && i < self.rank; ++i)
    if (!dims[i] || keepdim) sizes[rank++] = dims[i] ? 1 : self.sizes[i];
  return ordered_tensor(builder, dtype, sizes, rank, true);
}

template <class Function>
void make_self(CaseBuilder& builder, Tensor& self, DType& result) {
  const DType dtype = random_input(builder.random);
  self = random_self(builder, dtype, !Function::needs_elements);
  result = random_output(builder.random, Function::result, dtype);
  // A product of integers in reals may be ∞ · 0 in one order and 0 in another.
  if (std::is_same_v<Function, reductions::Product> && !is_float(dtype)) result = DType::i64;
}

template <class Args>
bool over_all_case(CaseBuilder& builder, Args& args) {
  DType result{};
  make_self<typename Args::Function>(builder, args.self, result);
  args.out = builder.output(result, nullptr, 0);
  return builder.fits();
}
template <class Args>
bool over_dims_case(CaseBuilder& builder, Args& args, bool empty_is_none) {
  DType result{};
  make_self<typename Args::Function>(builder, args.self, result);
  if (!builder.fits()) return false;
  random_dims(builder, args.self.rank, args.dim);
  args.keepdim = builder.random.chance(2);
  Dims dims = dims_of(args.dim, args.self);
  if constexpr (std::is_same_v<decltype(args.dim), OptionalIntList>)
    if (empty_is_none && args.dim.present) dims = named(args.dim, args.self.rank);
  args.out = kept_output(builder, result, args.self, dims, args.keepdim);
  return builder.fits();
}

template <class Kind>
bool make_case(CaseBuilder& builder, ReduceAllArgs<Kind>& args) {
  return over_all_case(builder, args);
}
template <class Kind>
bool make_case(CaseBuilder& builder, ReduceAllToTypeArgs<Kind>& args) {
  return over_all_case(builder, args);
}
template <class Kind, class Dim>
bool make_case(CaseBuilder& builder, ReduceArgs<Kind, Dim>& args) {
  return over_dims_case(builder, args, true);
}
template <class Kind, class Dim>
bool make_case(CaseBuilder& builder, ReduceToTypeArgs<Kind, Dim>& args) {
  return over_dims_case(builder, args, false);
}

template <class Args>
bool variance_case(CaseBuilder& builder, Args& args) {
  args.self = random_self(builder, DType::f32, false);
  if (!builder.fits()) return false;
  random_dims(builder, args.self.rank, args.dim);
  args.keepdim = builder.random.chance(2);
  args.out = kept_output(builder, DType::f32, args.self, dims_of(args.dim, args.self), args.keepdim);
  return builder.fits();
}
bool var_case(CaseBuilder& builder, VarArgs& args) {
  args.unbiased = builder.random.chance(2);
  return variance_case(builder, args);
}
bool var_correction_case(CaseBuilder& builder, VarCorrectionArgs& args) {
  args.correction.present = builder.random.chance(2);
  args.correction.is_integer = true;
  args.correction.integer = builder.random.between(0, 2);
  return variance_case(builder, args);
}

template <class Args>
constexpr CaseRow row() {
  return case_row<Args, reference, make_case>();
}

}  // namespace

#define CORTADO_REDUCTION(symbol, ...) \
  extern const CaseRow symbol##_cases; \
  const CaseRow symbol##_cases = row<__VA_ARGS__>();
#include "ops/reductions/symbols.h"
#undef CORTADO_REDUCTION

extern const CaseRow aten__var_out_cases, aten__var_correction_out_cases;
const CaseRow aten__var_out_cases = case_row<VarArgs, var_reference, var_case>();
const CaseRow aten__var_correction_out_cases =
    case_row<VarCorrectionArgs, var_correction_reference, var_correction_case>();

}  // namespace cortado::ops
