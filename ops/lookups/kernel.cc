#include <string.h>

#include "ops/indexed.h"
#include "ops/lookups/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  IndexedWalk walk;  // even: out; chosen: from
  const void* from;
  void* out;
  std::uint8_t element_bytes;
};

// The space is that of out.
ErrorCode finish(Check& check, IndexedSpace& space, const Tensor& from, const Tensor& out, Plan& plan) {
  check.dtype("out", out, from.dtype).equal("out", "'s rank", out.rank, static_cast<std::int64_t>(space.rank));
  for (std::size_t i = 0; check.ok() && i < out.rank; ++i) check.equal("out", "'s size", out.sizes[i], space.sizes[i]);
  if (!check.ok()) return check.code();
  strides_of(out, space.strides[1]);
  space.finish(plan.walk);
  plan.from = from.data;
  plan.out = out.data;
  plan.element_bytes = static_cast<std::uint8_t>(size_bytes(out.dtype));
  return check.code();
}

ErrorCode plan_embedding(const EmbeddingArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.rank("weight", args.weight, 2).range("the rank of indices", args.indices.rank, 0, max_rank - 1);
  if (!check.ok()) return check.code();
  std::int32_t own[max_rank] = {};
  IndexedSpace space;
  strides_of(args.weight, own);
  strides_of(args.indices, space.strides[3]);
  add_index(plan.walk, check, args.indices, args.weight.sizes[0], own[0]);
  for (std::size_t i = 0; i < args.indices.rank; ++i) space.sizes[i] = args.indices.sizes[i];
  space.rank = args.indices.rank + 1u;
  space.sizes[args.indices.rank] = args.weight.sizes[1];
  space.chosen(args.indices.rank) = own[1];
  return finish(check, space, args.weight, args.out, plan);
}

ErrorCode plan_gather(const GatherArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  IndexedSpace space;
  describe_along(plan.walk, space, check, args.dim, args.index, nullptr, args.self);
  return finish(check, space, args.self, args.out, plan);
}

ErrorCode plan_index_select(const IndexSelectArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const std::size_t dim = check.dimension("dim", args.dim, args.self.rank);
  check.range("the rank of index", args.index.rank, 0, 1);
  if (args.self.rank == 0) check.equal("index", "'s size", static_cast<std::int64_t>(args.index.elements()), 1);
  IndexedSpace space;
  strides_of(args.self, space.strides[2]);
  add_index(plan.walk, check, args.index, args.self.rank == 0 ? 1 : args.self.sizes[dim], space.chosen(dim));
  space.rank = args.self.rank;
  for (std::size_t i = 0; i < args.self.rank; ++i) space.sizes[i] = args.self.sizes[i];
  if (args.self.rank > 0) {
    space.sizes[dim] = static_cast<std::int32_t>(args.index.elements());
    space.chosen(dim) = 0;
    space.index(0, dim) = 1;
  }
  return finish(check, space, args.self, args.out, plan);
}

ErrorCode plan_index(const IndexArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  IndexedSpace space;
  plan.walk.from_end = true;
  describe_advanced(plan.walk, space, check, args.indices, args.self);
  return finish(check, space, args.self, args.out, plan);
}

template <class T>
bool look_up(const Plan& plan) {
  return for_each_run(plan.walk, [&](std::int32_t even, std::int32_t chosen, std::int32_t count, std::int32_t to_step,
                                     std::int32_t from_step) {
    T* to = static_cast<T*>(plan.out) + even;
    const T* from = static_cast<const T*>(plan.from) + chosen;
    if (to_step == 1 && from_step == 1)
      memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
    else
      for (std::int32_t i = 0; i < count; ++i) to[i * to_step] = from[i * from_step];
  });
}

bool run_plan(const Plan& plan) {
  switch (plan.element_bytes) {
    case 1: return look_up<std::uint8_t>(plan);
    case 2: return look_up<std::uint16_t>(plan);
    case 4: return look_up<std::uint32_t>(plan);
    default: return look_up<std::uint64_t>(plan);
  }
}

}  // namespace

extern const Kernel aten__embedding_out, aten__gather_out, aten__index_select_out, aten__index_Tensor_out;
const Kernel aten__embedding_out = kernel_row<EmbeddingArgs, Plan, plan_embedding, run_plan>();
const Kernel aten__gather_out = kernel_row<GatherArgs, Plan, plan_gather, run_plan>();
const Kernel aten__index_select_out = kernel_row<IndexSelectArgs, Plan, plan_index_select, run_plan>();
const Kernel aten__index_Tensor_out = kernel_row<IndexArgs, Plan, plan_index, run_plan>();

}  // namespace cortado::ops
