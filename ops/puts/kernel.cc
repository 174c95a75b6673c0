#include "ops/element.h"
#include "ops/indexed.h"
#include "ops/puts/contract.h"
#include "ops/strided_copy.h"

namespace cortado::ops {
namespace {

struct Plan {
  StridedCopy copy;  // of self to out; to == null: they are one
  IndexedWalk walk;  // even: source; chosen: out
  const void* source;
  void* out;
  DType dtype;
  bool adds;
  std::uint64_t value;  // a number to write, as an element
};

void copy_first(Check& check, const Tensor& self, const Tensor& out, Plan& plan) {
  check.dtype("out", out, self.dtype).that(same_sizes(self, out), "out must have the sizes of self");
  if (!check.ok()) return;
  plan.dtype = out.dtype;
  plan.out = out.data;
  const bool is_one = self.data == out.data && same_order(self, out);
  plan.copy = {unary_nest(out, self), is_one ? nullptr : out.data, self.data,
               static_cast<std::uint8_t>(size_bytes(out.dtype))};
}

void take_source(Check& check, const Tensor& source, Plan& plan) {
  check.dtype("the source", source, plan.dtype)
      .that(!plan.adds || has_type(plan.dtype), "no sums of this element type");
  plan.source = source.data;
}

// Strides of `source`, broadcast, along the space.
void broadcast_source(Check& check, const Tensor& source, IndexedSpace& space) {
  check.range("the source's rank", source.rank, 0, static_cast<std::int64_t>(space.rank));
  std::int32_t own[max_rank] = {};
  strides_of(source, own);
  for (std::size_t i = 0; check.ok() && i < source.rank; ++i) {
    const std::size_t dim = space.rank - source.rank + i;
    check.that(source.sizes[i] == 1 || source.sizes[i] == space.sizes[dim],
               "the source does not broadcast to where it is put");
    space.even(dim) = source.sizes[i] == 1 ? 0 : own[i];
  }
}

ErrorCode plan_put(const Tensor& self, const TensorList& indices, const Tensor& values, bool accumulate,
                   const Tensor& out, Plan& plan, ErrorReport& report) {
  Check check(report);
  IndexedSpace space;
  plan.adds = accumulate;
  plan.walk.from_end = true;
  copy_first(check, self, out, plan);
  take_source(check, values, plan);
  describe_advanced(plan.walk, space, check, indices, out);
  broadcast_source(check, values, space);
  if (check.ok()) space.finish(plan.walk);
  return check.code();
}
ErrorCode plan_index_put(const IndexPutArgs& args, Plan& plan, ErrorReport& report) {
  return plan_put(args.self, args.indices, args.values, args.accumulate, args.out, plan, report);
}
ErrorCode plan_index_put_in_place(const IndexPutInPlaceArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).writable("self", args.self);
  return plan_put(args.self, args.indices, args.values, args.accumulate, args.self, plan, report);
}

ErrorCode plan_along(const Tensor& self, std::int64_t dim, const Tensor& index, const Tensor* source, const Tensor& out,
                     Plan& plan, ErrorReport& report) {
  Check check(report);
  IndexedSpace space;
  copy_first(check, self, out, plan);
  if (source != nullptr) take_source(check, *source, plan);
  describe_along(plan.walk, space, check, dim, index, source, out);
  if (check.ok()) space.finish(plan.walk);
  return check.code();
}
template <class Kind>
ErrorCode plan_scatter(const ScatterArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  plan.adds = Kind::adds;
  return plan_along(args.self, args.dim, args.index, &args.src, args.out, plan, report);
}
ErrorCode plan_scatter_value(const ScatterValueArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).that(has_type(args.self.dtype), "no numbers of this element type");
  store_number(args.self.dtype, &plan.value, 0, number_of(args.value));
  plan.source = &plan.value;
  return plan_along(args.self, args.dim, args.index, nullptr, args.out, plan, report);
}

// src goes where the walk, moved to `first` of dim and with `step`, leads.
ErrorCode plan_part(const Tensor& self, const Tensor& src, std::size_t dim, std::int64_t first, std::int64_t step,
                    std::int64_t length, bool keeps_dim, const Tensor& out, Plan& plan, ErrorReport& report) {
  Check check(report);
  copy_first(check, self, out, plan);
  if (check.ok()) take_source(check, src, plan);
  check.equal("src", "'s rank", src.rank, self.rank - (keeps_dim ? 0 : 1));
  if (!check.ok()) return check.code();
  IndexedSpace space;
  std::int32_t own[max_rank] = {};
  strides_of(out, own);
  for (std::size_t i = 0; i < self.rank; ++i) {
    if (i == dim && !keeps_dim) continue;
    space.sizes[space.rank] = i == dim ? static_cast<std::int32_t>(length) : self.sizes[i];
    space.chosen(space.rank) = i == dim ? static_cast<std::int32_t>(own[i] * step) : own[i];
    check.equal("src", "'s size", src.sizes[space.rank], space.sizes[space.rank]);
    ++space.rank;
  }
  strides_of(src, space.strides[1]);
  if (check.ok()) space.finish(plan.walk);
  plan.out = static_cast<std::uint8_t*>(out.data) + static_cast<std::size_t>(first * own[dim]) * size_bytes(out.dtype);
  return check.code();
}

ErrorCode plan_select_scatter(const SelectScatterArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.range("self's rank", args.self.rank, 1, max_rank);
  const std::size_t dim = check.dimension("dim", args.dim, args.self.rank);
  if (!check.ok()) return check.code();
  const std::int64_t size = args.self.sizes[dim];
  check.range("index", args.index, -size, size - 1);
  if (!check.ok()) return check.code();
  return plan_part(args.self, args.src, dim, args.index < 0 ? args.index + size : args.index, 1, 1, false, args.out,
                   plan, report);
}

std::int64_t bound(const OptionalInt& given, std::int64_t size, std::int64_t otherwise) {
  if (!given.present) return otherwise;
  const std::int64_t value = given.value < 0 ? given.value + size : given.value;
  return value < 0 ? 0 : value > size ? size : value;
}

ErrorCode plan_slice_scatter(const SliceScatterArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.range("self's rank", args.self.rank, 1, max_rank).range("step", args.step, 1, INT32_MAX);
  const std::size_t dim = check.dimension("dim", args.dim, args.self.rank);
  if (!check.ok()) return check.code();
  const std::int64_t size = args.self.sizes[dim];
  const std::int64_t first = bound(args.start, size, 0), end = bound(args.end, size, size);
  const std::int64_t length = end <= first ? 0 : (end - first + args.step - 1) / args.step;
  return plan_part(args.self, args.src, dim, length == 0 ? 0 : first, length <= 1 ? 1 : args.step, length, true,
                   args.out, plan, report);
}

template <class T>
bool put(const Plan& plan) {
  return for_each_run(plan.walk, [&](std::int32_t even, std::int32_t chosen, std::int32_t count, std::int32_t from_step,
                                     std::int32_t to_step) {
    T* to = static_cast<T*>(plan.out) + chosen;
    const T* from = static_cast<const T*>(plan.source) + even;
    for (std::int32_t i = 0; i < count; ++i) to[i * to_step] = from[i * from_step];
  });
}

bool add(const Plan& plan) {
  return for_each_run(plan.walk, [&](std::int32_t even, std::int32_t chosen, std::int32_t count, std::int32_t from_step,
                                     std::int32_t to_step) {
    for (std::int32_t i = 0; i < count; ++i) {
      Number sum = load_number(plan.dtype, plan.out, chosen + i * to_step);
      const Number addend = load_number(plan.dtype, plan.source, even + i * from_step);
      sum.integer = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum.integer) +
                                              static_cast<std::uint64_t>(addend.integer));
      sum.real += addend.real;
      store_number(plan.dtype, plan.out, chosen + i * to_step, sum);
    }
  });
}

bool run_plan(const Plan& plan) {
  if (plan.copy.to != nullptr) run_strided_copy(plan.copy);
  if (plan.adds) return add(plan);
  switch (plan.copy.element_bytes) {
    case 1: return put<std::uint8_t>(plan);
    case 2: return put<std::uint16_t>(plan);
    case 4: return put<std::uint32_t>(plan);
    default: return put<std::uint64_t>(plan);
  }
}

}  // namespace

extern const Kernel aten__index_put_out, aten__index_put_, aten__scatter_src_out, aten__scatter_add_out,
    aten__scatter_value_out, aten__select_scatter_out, aten__slice_scatter_out;
const Kernel aten__index_put_out = kernel_row<IndexPutArgs, Plan, plan_index_put, run_plan>();
// Its output is its first argument, which plan_index_put_in_place checks.
const Kernel aten__index_put_ = kernel_row<IndexPutInPlaceArgs, Plan, plan_index_put_in_place, run_plan, 0>();
const Kernel aten__scatter_src_out = kernel_row<ScatterArgs<Scatter>, Plan, plan_scatter<Scatter>, run_plan>();
const Kernel aten__scatter_add_out = kernel_row<ScatterArgs<ScatterAdd>, Plan, plan_scatter<ScatterAdd>, run_plan>();
const Kernel aten__scatter_value_out = kernel_row<ScatterValueArgs, Plan, plan_scatter_value, run_plan>();
const Kernel aten__select_scatter_out = kernel_row<SelectScatterArgs, Plan, plan_select_scatter, run_plan>();
const Kernel aten__slice_scatter_out = kernel_row<SliceScatterArgs, Plan, plan_slice_scatter, run_plan>();

}  // namespace cortado::ops
