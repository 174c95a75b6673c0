// References and random cases of lookups: every element by its index.
#include "ops/case_row.h"
#include "ops/indexed_case.h"
#include "ops/lookups/contract.h"

namespace cortado::ops {
namespace {

std::size_t place_of_dim(std::int64_t dim, const Tensor& self) { return self.rank == 0 ? 0 : wrapped(dim, self.rank); }

void embedding_reference(const EmbeddingArgs& args) {
  copy_by_index(args.weight, args.out, [&](const Index& at) {
    Index source;
    source.at[0] = static_cast<std::int32_t>(index_at(args.indices, at));
    source.at[1] = at.at[args.indices.rank];
    return source;
  });
}

void gather_reference(const GatherArgs& args) {
  copy_by_index(args.self, args.out, [&](Index at) {
    at.at[place_of_dim(args.dim, args.self)] = static_cast<std::int32_t>(index_at(args.index, at));
    return at;
  });
}

void index_select_reference(const IndexSelectArgs& args) {
  const std::size_t dim = place_of_dim(args.dim, args.self);
  copy_by_index(args.self, args.out, [&](Index at) {
    Index place;
    place.at[0] = at.at[dim];
    at.at[dim] = static_cast<std::int32_t>(index_at(args.index, place));
    return at;
  });
}

void index_reference(const IndexArgs& args) {
  copy_by_index(args.self, args.out, [&](const Index& at) { return advanced_source(args.self, args.indices, at); });
}

bool embedding_case(CaseBuilder& builder, EmbeddingArgs& args) {
  Random& random = builder.random;
  std::int32_t table[2] = {random.between(1, 9), random.between(0, 12)}, sizes[max_rank] = {};
  const DType dtype = random_dtype(random);
  args.weight = ordered_tensor(builder, dtype, table, 2);
  const std::size_t rank = small_sizes(random, 0, 3, sizes);
  args.indices = index_tensor(builder, index_dtype(random), sizes, rank, table[0], false);
  sizes[rank] = table[1];
  args.out = ordered_tensor(builder, dtype, sizes, rank + 1, true);
  return builder.fits();
}

bool gather_case(CaseBuilder& builder, GatherArgs& args) {
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(builder.random);
  const std::size_t rank = small_sizes(builder.random, 0, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.dim = random_dim(builder.random, rank);
  if (!builder.fits()) return false;
  args.index = index_along(builder, args.self, place_of_dim(args.dim, args.self), nullptr);
  if (!builder.fits()) return false;
  args.out = ordered_tensor(builder, dtype, args.index.sizes, rank, true);
  return builder.fits();
}

bool index_select_case(CaseBuilder& builder, IndexSelectArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(random);
  const std::size_t rank = small_sizes(random, 0, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.dim = random_dim(random, rank);
  if (!builder.fits()) return false;
  const std::size_t dim = place_of_dim(args.dim, args.self);
  const std::int32_t count = rank == 0 ? 1 : random.between(0, 7);
  const DType index = index_dtype(random);
  const std::size_t index_rank = count == 1 && random.chance(2) ? 0 : 1;
  args.index = index_tensor(builder, index, &count, index_rank, rank == 0 ? 1 : sizes[dim], false);
  sizes[dim] = count;
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

bool index_case(CaseBuilder& builder, IndexArgs& args) {
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(builder.random);
  const std::size_t rank = small_sizes(builder.random, 1, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  if (!builder.fits()) return false;
  std::int32_t result[max_rank] = {};
  const std::size_t result_rank = advanced_case(builder, args.self, args.indices, result);
  if (!builder.fits()) return false;
  args.out = ordered_tensor(builder, dtype, result, result_rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__embedding_out_cases, aten__gather_out_cases, aten__index_select_out_cases,
    aten__index_Tensor_out_cases;
const CaseRow aten__embedding_out_cases = case_row<EmbeddingArgs, embedding_reference, embedding_case>();
const CaseRow aten__gather_out_cases = case_row<GatherArgs, gather_reference, gather_case>();
const CaseRow aten__index_select_out_cases = case_row<IndexSelectArgs, index_select_reference, index_select_case>();
const CaseRow aten__index_Tensor_out_cases = case_row<IndexArgs, index_reference, index_case>();

}  // namespace cortado::ops
