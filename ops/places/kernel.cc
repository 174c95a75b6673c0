#include "ops/checks.h"
#include "ops/element.h"
#include "ops/places/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

// Rows along one dimension of self, and where their results go.
struct Plan {
  Nest<3> rows;  // values, places, self
  const void* self;
  void* values;  // null: not wanted
  std::int64_t* places;
  DType dtype;
  std::int32_t length, step;               // of a row
  std::int32_t value_step, place_step, k;  // of topk's results
  bool largest;
};

// The strides of `out` along the dimensions of self but `dim`; out has `dim` too, or not.
void row_strides(const Tensor& out, const Tensor& self, std::size_t dim, bool has_dim,
                 std::int32_t (&strides)[max_rank]) {
  std::int32_t own[max_rank] = {};
  strides_of(out, own);
  for (std::size_t i = 0; i < self.rank; ++i) strides[i] = i == dim ? 0 : own[i > dim && !has_dim ? i - 1 : i];
}

void check_result(Check& check, const Tensor& out, const Tensor& self, std::size_t dim, bool has_dim,
                  std::int64_t length) {
  check.equal("an output", "'s rank", out.rank, self.rank == 0 ? 0 : self.rank - (has_dim ? 0 : 1));
  for (std::size_t i = 0; check.ok() && i < self.rank; ++i)
    if (i != dim) check.equal("an output", "'s size", out.sizes[i > dim && !has_dim ? i - 1 : i], self.sizes[i]);
  if (check.ok() && self.rank > 0 && has_dim) check.equal("an output", "'s size along dim", out.sizes[dim], length);
}

// values may be null. `length` is the outputs' size along dim, where they have it.
ErrorCode plan_rows(const Tensor& self, std::int64_t given_dim, bool has_dim, std::int64_t length, const Tensor* values,
                    const Tensor& places, Plan& plan, ErrorReport& report) {
  Check check(report);
  const std::size_t dim = check.dimension("dim", given_dim, self.rank);
  check.that(has_type(self.dtype), "this element type has no order").dtype("the places", places, DType::i64);
  check_result(check, places, self, dim, has_dim, length);
  if (values != nullptr) {
    check.dtype("the values", *values, self.dtype);
    check_result(check, *values, self, dim, has_dim, length);
  }
  if (!check.ok()) return check.code();
  std::int32_t strides[3][max_rank] = {}, own[max_rank] = {}, sizes[max_rank] = {};
  row_strides(places, self, dim, has_dim, strides[1]);
  row_strides(values != nullptr ? *values : places, self, dim, has_dim, strides[0]);
  strides_of(self, own);
  for (std::size_t i = 0; i < self.rank; ++i) {
    sizes[i] = i == dim ? 1 : self.sizes[i];
    strides[2][i] = own[i];
  }
  plan.rows = make_nest(self.rank, sizes, strides);
  plan.self = self.data;
  plan.values = values != nullptr ? values->data : nullptr;
  plan.places = places.as<std::int64_t>();
  plan.dtype = self.dtype;
  plan.length = self.rank == 0 ? 1 : self.sizes[dim];
  plan.step = self.rank == 0 ? 1 : own[dim];
  return check.code();
}

template <class Kind>
ErrorCode plan_extreme(const ExtremeWithPlaceArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  plan_rows(args.self, args.dim, args.keepdim, 1, &args.values, args.places, plan, report);
  return Check(report).that(plan.length > 0 || args.places.elements() == 0, "there is nothing to choose from").code();
}

template <class Kind>
ErrorCode plan_place(const PlaceArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  if (args.dim.present) {
    plan_rows(args.self, args.dim.value, args.keepdim, 1, nullptr, args.out, plan, report);
    return Check(report).that(plan.length > 0 || args.out.elements() == 0, "there is nothing to choose from").code();
  }
  Check check(report);
  check.that(has_type(args.self.dtype), "this element type has no order").dtype("out", args.out, DType::i64);
  check.contiguous("self", args.self).equal("out", "'s size", static_cast<std::int64_t>(args.out.elements()), 1);
  check.that(args.self.elements() > 0, "there is nothing to choose from");
  plan.self = args.self.data;
  plan.places = static_cast<std::int64_t*>(args.out.data);
  plan.dtype = args.self.dtype;
  plan.length = static_cast<std::int32_t>(args.self.elements());
  plan.step = 1;
  return check.code();
}

ErrorCode plan_topk(const TopkArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  plan_rows(args.self, args.dim, true, args.k, &args.values, args.indices, plan, report);
  check.range("k", args.k, 0, plan.length);
  if (!check.ok()) return check.code();
  const std::size_t dim = check.dimension("dim", args.dim, args.self.rank);
  std::int32_t value_strides[max_rank] = {1}, place_strides[max_rank] = {1};
  strides_of(args.values, value_strides);
  strides_of(args.indices, place_strides);
  plan.value_step = value_strides[dim];
  plan.place_step = place_strides[dim];
  plan.k = static_cast<std::int32_t>(args.k);
  plan.largest = args.largest;
  return check.code();
}

// --- one row

template <bool largest, class T>
bool is_better(T x, T best) {
  return (largest ? x > best : x < best) || (x != x && best == best);
}

template <class T, bool largest>
std::int32_t best_place(const T* row, std::int32_t length, std::int32_t step) {
  std::int32_t best = 0;
  for (std::int32_t i = 1; i < length; ++i)
    if (is_better<largest>(row[i * step], row[best * step])) best = i;
  return best;
}

template <class T, bool largest>
void run_best_of(const Plan& plan) {
  for_each_row(plan.rows, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.rows.row_size(); ++i) {
      const T* row = static_cast<const T*>(plan.self) + offset[2] + i * plan.rows.row_stride(2);
      const std::int32_t best = best_place<T, largest>(row, plan.length, plan.step);
      plan.places[offset[1] + i * plan.rows.row_stride(1)] = best;
      if (plan.values != nullptr)
        static_cast<T*>(plan.values)[offset[0] + i * plan.rows.row_stride(0)] = row[best * plan.step];
    }
  });
}

template <bool largest>
void run_best(const Plan& plan) {
  with_type(plan.dtype, [&](auto type) { run_best_of<decltype(type), largest>(plan); });
}

// NaN is the largest.
template <class T>
bool is_before(T x, T y, bool largest) {
  if (!largest) return x < y || (x == x && y != y);
  return x > y || (x != x && y == y);
}

// Each element is put among the best ones so far, which lie in order in the outputs.
template <class T>
void keep_best(const Plan& plan, const T* row, T* values, std::int64_t* places) {
  std::int32_t kept = 0;
  for (std::int32_t i = 0; i < plan.length; ++i) {
    const T x = row[i * plan.step];
    if (kept == plan.k && (kept == 0 || !is_before(x, values[(kept - 1) * plan.value_step], plan.largest))) continue;
    std::int32_t at = kept < plan.k ? kept++ : kept - 1;
    for (; at > 0 && is_before(x, values[(at - 1) * plan.value_step], plan.largest); --at) {
      values[at * plan.value_step] = values[(at - 1) * plan.value_step];
      places[at * plan.place_step] = places[(at - 1) * plan.place_step];
    }
    values[at * plan.value_step] = x;
    places[at * plan.place_step] = i;
  }
}

void run_topk(const Plan& plan) {
  with_type(plan.dtype, [&](auto type) {
    using T = decltype(type);
    for_each_row(plan.rows, [&](const std::int32_t* offset) {
      for (std::int32_t i = 0; i < plan.rows.row_size(); ++i)
        keep_best<T>(plan, static_cast<const T*>(plan.self) + offset[2] + i * plan.rows.row_stride(2),
                     static_cast<T*>(plan.values) + offset[0] + i * plan.rows.row_stride(0),
                     plan.places + offset[1] + i * plan.rows.row_stride(1));
    });
  });
}

}  // namespace

extern const Kernel aten__max_dim_max, aten__min_dim_min, aten__argmax_out, aten__argmin_out, aten__topk_values;
const Kernel aten__max_dim_max = kernel_row<ExtremeWithPlaceArgs<Max>, Plan, plan_extreme<Max>, run_best<true>, 2>();
const Kernel aten__min_dim_min = kernel_row<ExtremeWithPlaceArgs<Min>, Plan, plan_extreme<Min>, run_best<false>, 2>();
const Kernel aten__argmax_out = kernel_row<PlaceArgs<Max>, Plan, plan_place<Max>, run_best<true>>();
const Kernel aten__argmin_out = kernel_row<PlaceArgs<Min>, Plan, plan_place<Min>, run_best<false>>();
const Kernel aten__topk_values = kernel_row<TopkArgs, Plan, plan_topk, run_topk, 2>();

}  // namespace cortado::ops
