// References and random cases of views along the input's own dimensions.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/strided_views/contract.h"

namespace cortado::ops {
namespace {

void permute(const Tensor& in, const IntList& dims, const Tensor& out) {
  copy_by_index(in, out, [&](const Index& index) {
    Index from;
    for (std::size_t i = 0; i < in.rank; ++i) from.at[wrapped(dims[i], in.rank)] = index.at[i];
    return from;
  });
}

void permute_reference(const PermuteCopyArgs& args) { permute(args.self, args.dims, args.out); }
void transpose_reference(const TransposeArgs& args) { permute(args.input, args.perm, args.out); }

bool make_permutation(CaseBuilder& builder, DType dtype, std::size_t rank, Tensor& in, IntList& dims, Tensor& out) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {}, to[max_rank] = {};
  std::uint8_t order[max_rank] = {};
  std::int64_t list[max_rank];
  random_sizes(random, rank, sizes);
  random_order(random, rank, order);
  for (std::size_t i = 0; i < rank; ++i) {
    to[i] = sizes[order[i]];
    list[i] = order[i] - (random.chance(3) ? static_cast<std::int64_t>(rank) : 0);
  }
  in = ordered_tensor(builder, dtype, sizes, rank);
  dims = builder.list(list, rank);
  out = ordered_tensor(builder, dtype, to, rank, true);
  return builder.fits();
}

bool permute_case(CaseBuilder& builder, PermuteCopyArgs& args) {
  const DType dtype = random_dtype(builder.random);
  return make_permutation(builder, dtype, random_rank(builder.random, 0, 5), args.self, args.dims, args.out);
}
bool transpose_case(CaseBuilder& builder, TransposeArgs& args) {
  return make_permutation(builder, DType::i8, random_rank(builder.random, 1, 4), args.input, args.perm, args.out);
}

void transpose_copy_reference(const TransposeCopyArgs& args) {
  const std::size_t a = wrapped(args.dim0, args.self.rank), b = wrapped(args.dim1, args.self.rank);
  copy_by_index(args.self, args.out, [&](Index index) {
    const std::int32_t at_a = index.at[a];
    index.at[a] = index.at[b];
    index.at[b] = at_a;
    return index;
  });
}

bool transpose_copy_case(CaseBuilder& builder, TransposeCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 5);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.dim0 = random_dim(random, rank);
  args.dim1 = random_dim(random, rank);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  const std::size_t a = wrapped(args.dim0, rank), b = wrapped(args.dim1, rank);
  const std::int32_t size_a = sizes[a];
  sizes[a] = sizes[b];
  sizes[b] = size_a;
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

void t_reference(const TCopyArgs& args) {
  copy_by_index(args.self, args.out, [&](Index index) {
    if (args.self.rank == 2) index = Index{{index.at[1], index.at[0]}};
    return index;
  });
}

bool t_case(CaseBuilder& builder, TCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 2);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  const std::int32_t swapped[2] = {sizes[1], sizes[0]};
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, rank == 2 ? swapped : sizes, rank, true);
  return builder.fits();
}

void select_reference(const SelectCopyArgs& args) {
  const std::size_t dim = wrapped(args.dim, args.self.rank);
  copy_by_index(args.self, args.out, [&](const Index& index) {
    Index from;
    for (std::size_t i = 0; i < args.self.rank; ++i) from.at[i] = index.at[i < dim ? i : i > dim ? i - 1 : 0];
    from.at[dim] = static_cast<std::int32_t>(args.index < 0 ? args.index + args.self.sizes[dim] : args.index);
    return from;
  });
}

bool select_case(CaseBuilder& builder, SelectCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 5);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {}, to[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.dim = random_dim(random, rank);
  const std::size_t dim = wrapped(args.dim, rank);
  if (sizes[dim] == 0) sizes[dim] = 1;
  args.index = random.between(-sizes[dim], sizes[dim] - 1);
  for (std::size_t i = 0; i + 1 < rank; ++i) to[i] = sizes[i < dim ? i : i + 1];
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, to, rank - 1, true);
  return builder.fits();
}

void slice_along(const Tensor& in, const Tensor& out, std::size_t dim, std::int64_t start, std::int64_t step) {
  copy_by_index(in, out, [&](Index index) {
    index.at[dim] = static_cast<std::int32_t>(start + index.at[dim] * step);
    return index;
  });
}

std::int64_t python_bound(const OptionalInt& bound, std::int64_t size, std::int64_t fallback) {
  if (!bound.present) return fallback;
  const std::int64_t from_start = bound.value < 0 ? bound.value + size : bound.value;
  return from_start < 0 ? 0 : from_start > size ? size : from_start;
}

void slice_reference(const SliceCopyArgs& args) {
  const std::size_t dim = wrapped(args.dim, args.self.rank);
  slice_along(args.self, args.out, dim, python_bound(args.start, args.self.sizes[dim], 0), args.step);
}

bool slice_case(CaseBuilder& builder, SliceCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 5);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.dim = random_dim(random, rank);
  const std::size_t dim = wrapped(args.dim, rank);
  args.start.present = !random.chance(4);
  args.end.present = !random.chance(4);
  args.start.value = random.between(-25, 25);
  args.end.value = random.chance(4) ? INT64_MAX : random.between(-25, 25);
  args.step = random.chance(2) ? 1 : random.between(1, 4);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  std::int32_t length = 0;
  for (std::int64_t i = python_bound(args.start, sizes[dim], 0); i < python_bound(args.end, sizes[dim], sizes[dim]);
       i += args.step)
    ++length;
  sizes[dim] = length;
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

void narrow_reference(const NarrowCopyArgs& args) {
  const std::size_t dim = wrapped(args.dim, args.self.rank);
  slice_along(args.self, args.out, dim, args.start < 0 ? args.start + args.self.sizes[dim] : args.start, 1);
}

bool narrow_case(CaseBuilder& builder, NarrowCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 4);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.dim = random_dim(random, rank);
  const std::size_t dim = wrapped(args.dim, rank);
  args.start = random.between(-sizes[dim], sizes[dim]);
  const auto start = static_cast<std::int32_t>(args.start < 0 ? args.start + sizes[dim] : args.start);
  args.length = random.between(0, sizes[dim] - start);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  sizes[dim] = static_cast<std::int32_t>(args.length);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

void flip_reference(const FlipArgs& args) {
  copy_by_index(args.self, args.out, [&](Index index) {
    for (std::size_t i = 0; i < args.dims.count; ++i) {
      const std::size_t dim = wrapped(args.dims[i], args.self.rank);
      index.at[dim] = args.self.sizes[dim] - 1 - index.at[dim];
    }
    return index;
  });
}

bool flip_case(CaseBuilder& builder, FlipArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 5);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  std::int64_t dims[max_rank];
  std::size_t count = 0;
  random_sizes(random, rank, sizes);
  for (std::size_t i = 0; i < rank; ++i)
    if (random.chance(2))
      dims[count++] = static_cast<std::int64_t>(i) - (random.chance(2) ? static_cast<std::int64_t>(rank) : 0);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.dims = builder.list(dims, count);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__permute_copy_out_cases, cortex_m__transpose_out_cases, aten__transpose_copy_int_out_cases,
    aten__t_copy_out_cases, aten__select_copy_int_out_cases, aten__slice_copy_Tensor_out_cases,
    aten__narrow_copy_out_cases, aten__flip_out_cases;
const CaseRow aten__permute_copy_out_cases = case_row<PermuteCopyArgs, permute_reference, permute_case>();
const CaseRow cortex_m__transpose_out_cases = case_row<TransposeArgs, transpose_reference, transpose_case>();
const CaseRow aten__transpose_copy_int_out_cases =
    case_row<TransposeCopyArgs, transpose_copy_reference, transpose_copy_case>();
const CaseRow aten__t_copy_out_cases = case_row<TCopyArgs, t_reference, t_case>();
const CaseRow aten__select_copy_int_out_cases = case_row<SelectCopyArgs, select_reference, select_case>();
const CaseRow aten__slice_copy_Tensor_out_cases = case_row<SliceCopyArgs, slice_reference, slice_case>();
const CaseRow aten__narrow_copy_out_cases = case_row<NarrowCopyArgs, narrow_reference, narrow_case>();
const CaseRow aten__flip_out_cases = case_row<FlipArgs, flip_reference, flip_case>();

}  // namespace cortado::ops
