// The plan of a reduction, whatever the function. Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "ops/element.h"
#include "ops/reductions/functions.h"
#include "ops/strided.h"

namespace cortado::ops::reductions {

struct Plan {
  Nest<2> kept;     // out, self
  Nest<1> reduced;  // self
  const void* self;
  void* out;
  DType from, to;
  std::uint32_t count;  // elements per result
  bool in_reals;
  double divisor;  // of variances
};

inline void add_dim(Check& check, std::int64_t given, const Tensor& self, Dims& dims) {
  const std::size_t dim = check.dimension("dim", given, self.rank);
  check.that(!dims[dim], "a dimension is named twice");
  dims.mask |= std::uint32_t{1} << dim;
}
inline Dims dims_of(Check& check, std::int64_t dim, const Tensor& self) {
  Dims dims;
  add_dim(check, dim, self, dims);
  return dims;
}
inline Dims dims_of(Check& check, const IntList& list, const Tensor& self) {
  Dims dims;
  for (std::uint32_t i = 0; check.ok() && i < list.count; ++i) add_dim(check, list[i], self, dims);
  return list.count == 0 ? all_dims(self) : dims;
}
inline Dims dims_of(Check& check, const OptionalIntList& list, const Tensor& self) {
  return list.present ? dims_of(check, static_cast<const IntList&>(list), self) : all_dims(self);
}

// Whether out has the kept dimensions, and those alone or the others with size 1.
inline bool has_kept_sizes(const Tensor& self, const Tensor& out, Dims dims, bool keepdim) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < self.rank; ++i) {
    if (dims[i] && !keepdim) continue;
    if (at == out.rank || out.sizes[at++] != (dims[i] ? 1 : self.sizes[i])) return false;
  }
  return at == out.rank;
}

inline bool fits(Result result, DType from, DType to) {
  switch (result) {
    case Result::number: return is_float(to) || !is_float(from);
    case Result::real: return is_float(to);
    case Result::same: return from == to;
    case Result::truth: return to == DType::boolean || to == DType::u8;
  }
  return false;
}

// kept: loops over out; reduced: loops over what is left of self.
inline void make_nests(const Tensor& self, const Tensor& out, Dims dims, bool keepdim, Plan& plan) {
  std::int32_t own[max_rank] = {}, result[max_rank] = {}, kept[2][max_rank] = {}, reduced[1][max_rank] = {};
  std::int32_t kept_sizes[max_rank] = {}, reduced_sizes[max_rank] = {};
  strides_of(self, own);
  strides_of(out, result);
  std::size_t kept_rank = 0, reduced_rank = 0;
  plan.count = 1;
  for (std::size_t i = 0, at = 0; i < self.rank; ++i) {
    if (dims[i]) {
      reduced[0][reduced_rank] = own[i];
      reduced_sizes[reduced_rank++] = self.sizes[i];
      plan.count *= static_cast<std::uint32_t>(self.sizes[i]);
      if (keepdim) ++at;
      continue;
    }
    kept[0][kept_rank] = result[at++];
    kept[1][kept_rank] = own[i];
    kept_sizes[kept_rank++] = self.sizes[i];
  }
  plan.kept = make_nest(kept_rank, kept_sizes, kept);
  plan.reduced = make_nest(reduced_rank, reduced_sizes, reduced);
}

inline ErrorCode make_plan(const Tensor& self, const Tensor& out, Dims dims, bool keepdim, Result result,
                           bool needs_elements, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(self.dtype) && has_type(out.dtype), "no reduction of this element type")
      .that(fits(result, self.dtype, out.dtype), "out has not the element type of the result")
      .that(check.ok() && has_kept_sizes(self, out, dims, keepdim), "out must have the sizes of the kept dimensions");
  if (!check.ok()) return check.code();
  make_nests(self, out, dims, keepdim, plan);
  check.that(!needs_elements || plan.count != 0 || out.elements() == 0, "there is nothing to choose from");
  plan.self = self.data;
  plan.out = out.data;
  plan.from = self.dtype;
  plan.to = out.dtype;
  plan.in_reals = is_float(self.dtype) || is_float(out.dtype);
  return check.code();
}

// Calls visit(offset) for every element of self that goes into the result whose first element is at `first`.
template <class Visit>
void for_each_reduced(const Plan& plan, std::int32_t first, Visit visit) {
  const std::int32_t step = plan.reduced.row_stride(0), count = plan.reduced.row_size();
  for_each_row(plan.reduced, [&](const std::int32_t* offset) {
    std::int32_t at = first + offset[0];
    for (std::int32_t i = 0; i < count; ++i, at += step) visit(at);
  });
}

}  // namespace cortado::ops::reductions
