// References and random cases of windows, diagonals, tiles, broadcasts and pixel shuffles.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/strided_views/contract.h"

namespace cortado::ops {
namespace {

void unfold_reference(const UnfoldCopyArgs& args) {
  const std::size_t dim = wrapped(args.dimension, args.self.rank);
  copy_by_index(args.self, args.out, [&](Index index) {
    index.at[dim] = static_cast<std::int32_t>(index.at[dim] * args.step + index.at[args.self.rank]);
    return index;
  });
}

bool unfold_case(CaseBuilder& builder, UnfoldCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 4);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.dimension = random_dim(random, rank);
  const std::size_t dim = wrapped(args.dimension, rank);
  args.size = random.between(0, sizes[dim]);
  args.step = random.between(1, 4);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  sizes[dim] = static_cast<std::int32_t>((sizes[dim] - args.size) / args.step + 1);
  sizes[rank] = static_cast<std::int32_t>(args.size);
  args.out = ordered_tensor(builder, dtype, sizes, rank + 1, true);
  return builder.fits();
}

void as_strided_reference(const AsStridedCopyArgs& args) {
  for_each_logical_index(args.out, [&](const Index& index) {
    std::int64_t from = args.storage_offset.present ? args.storage_offset.value : 0;
    for (std::size_t i = 0; i < args.out.rank; ++i) from += index.at[i] * args.stride[i];
    copy_element(args.out, offset_of(args.out, index), args.self, from);
  });
}

bool as_strided_case(CaseBuilder& builder, AsStridedCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 4);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank], elements = 1;
  std::int64_t size[max_rank], stride[max_rank];
  args.storage_offset.present = random.chance(2);
  args.storage_offset.value = random.between(0, 9);
  if (args.storage_offset.present) elements += static_cast<std::int32_t>(args.storage_offset.value);
  for (std::size_t i = 0; i < rank; ++i) {
    sizes[i] = random.between(1, 6);
    size[i] = sizes[i];
    stride[i] = random.between(0, 12);
    elements += static_cast<std::int32_t>((sizes[i] - 1) * stride[i]);
  }
  args.self = builder.tensor(dtype, &elements, 1);
  args.size = builder.list(size, rank);
  args.stride = builder.list(stride, rank);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

void diagonal_reference(const DiagonalCopyArgs& args) {
  const std::size_t dim1 = wrapped(args.dim1, args.self.rank), dim2 = wrapped(args.dim2, args.self.rank);
  copy_by_index(args.self, args.out, [&](const Index& index) {
    Index from;
    std::size_t next = 0;
    for (std::size_t i = 0; i < args.self.rank; ++i)
      if (i != dim1 && i != dim2) from.at[i] = index.at[next++];
    from.at[dim1] = static_cast<std::int32_t>(index.at[next] + (args.offset < 0 ? -args.offset : 0));
    from.at[dim2] = static_cast<std::int32_t>(index.at[next] + (args.offset > 0 ? args.offset : 0));
    return from;
  });
}

bool diagonal_case(CaseBuilder& builder, DiagonalCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 2, 4);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank], to[max_rank], length = 0;
  random_sizes(random, rank, sizes);
  args.dim1 = random_dim(random, rank);
  do args.dim2 = random_dim(random, rank);
  while (wrapped(args.dim1, rank) == wrapped(args.dim2, rank));
  args.offset = random.between(-3, 3);
  const std::size_t dim1 = wrapped(args.dim1, rank), dim2 = wrapped(args.dim2, rank);
  for (std::int32_t row = 0; row < sizes[dim1]; ++row)
    if (row + args.offset >= 0 && row + args.offset < sizes[dim2]) ++length;
  std::size_t next = 0;
  for (std::size_t i = 0; i < rank; ++i)
    if (i != dim1 && i != dim2) to[next++] = sizes[i];
  to[next] = length;
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, to, rank - 1, true);
  return builder.fits();
}

void expand_reference(const ExpandCopyArgs& args) {
  const std::size_t added = args.out.rank - args.self.rank;
  copy_by_index(args.self, args.out, [&](const Index& index) {
    Index from;
    for (std::size_t i = 0; i < args.self.rank; ++i) from.at[i] = args.self.sizes[i] == 1 ? 0 : index.at[i + added];
    return from;
  });
}

bool expand_case(CaseBuilder& builder, ExpandCopyArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 4), added = random_rank(random, 0, 2);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {}, to[max_rank] = {};
  std::int64_t list[max_rank];
  random_sizes(random, rank, sizes);
  for (std::size_t i = 0; i < added; ++i) list[i] = to[i] = random.between(1, 3);
  for (std::size_t i = 0; i < rank; ++i) {
    to[added + i] = sizes[i];
    list[added + i] = random.chance(2) ? -1 : sizes[i];
    if (!random.chance(2)) continue;
    sizes[i] = 1;
    list[added + i] = to[added + i];
  }
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.size = builder.list(list, rank + added);
  args.out = ordered_tensor(builder, dtype, to, rank + added, true);
  return builder.fits();
}

void repeat_reference(const RepeatArgs& args) {
  const std::size_t added = args.out.rank - args.self.rank;
  copy_by_index(args.self, args.out, [&](const Index& index) {
    Index from;
    for (std::size_t i = 0; i < args.self.rank; ++i) from.at[i] = index.at[i + added] % args.self.sizes[i];
    return from;
  });
}

bool repeat_case(CaseBuilder& builder, RepeatArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 3), added = random_rank(random, 0, 2);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {}, to[max_rank] = {};
  std::int64_t repeats[max_rank];
  random_sizes(random, rank, sizes);
  for (std::size_t i = 0; i < rank + added; ++i) {
    repeats[i] = random.between(random.chance(30) ? 0 : 1, 3);
    to[i] = static_cast<std::int32_t>((i < added ? 1 : sizes[i - added]) * repeats[i]);
  }
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.repeats = builder.list(repeats, rank + added);
  args.out = ordered_tensor(builder, dtype, to, rank + added, true);
  return builder.fits();
}

// The index in the tensor of few channels of an element of the tensor of many rows and columns.
Index shuffled(const Index& large, std::size_t rank, std::int32_t r) {
  const std::size_t c = rank - 3, y = rank - 2, x = rank - 1;
  Index small = large;
  small.at[c] = large.at[c] * r * r + (large.at[y] % r) * r + large.at[x] % r;
  small.at[y] = large.at[y] / r;
  small.at[x] = large.at[x] / r;
  return small;
}

void pixel_shuffle_reference(const PixelShuffleArgs& args) {
  copy_by_index(args.self, args.out, [&](const Index& index) {
    return shuffled(index, args.out.rank, static_cast<std::int32_t>(args.upscale_factor));
  });
}

void pixel_unshuffle_reference(const PixelUnshuffleArgs& args) {
  for_each_logical_index(args.self, [&](const Index& index) {
    const Index to = shuffled(index, args.self.rank, static_cast<std::int32_t>(args.downscale_factor));
    copy_element(args.out, offset_of(args.out, to), args.self, offset_of(args.self, index));
  });
}

bool make_shuffle(CaseBuilder& builder, std::int64_t& factor, Tensor& self, Tensor& out, bool unshuffle) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 3, 5);
  const DType dtype = random_dtype(random);
  std::int32_t large[max_rank], small[max_rank];
  const std::int32_t r = random.between(1, 3);
  factor = r;
  for (std::size_t i = 0; i < rank; ++i) small[i] = large[i] = random.between(1, 4);
  small[rank - 3] *= r * r;
  large[rank - 2] *= r;
  large[rank - 1] *= r;
  self = ordered_tensor(builder, dtype, unshuffle ? large : small, rank);
  out = ordered_tensor(builder, dtype, unshuffle ? small : large, rank, true);
  return builder.fits();
}

bool pixel_shuffle_case(CaseBuilder& builder, PixelShuffleArgs& args) {
  return make_shuffle(builder, args.upscale_factor, args.self, args.out, false);
}
bool pixel_unshuffle_case(CaseBuilder& builder, PixelUnshuffleArgs& args) {
  return make_shuffle(builder, args.downscale_factor, args.self, args.out, true);
}

}  // namespace

extern const CaseRow aten__unfold_copy_out_cases, aten__as_strided_copy_out_cases, aten__diagonal_copy_out_cases,
    aten__expand_copy_out_cases, aten__repeat_out_cases, aten__pixel_shuffle_out_cases, aten__pixel_unshuffle_out_cases;
const CaseRow aten__unfold_copy_out_cases = case_row<UnfoldCopyArgs, unfold_reference, unfold_case>();
const CaseRow aten__as_strided_copy_out_cases = case_row<AsStridedCopyArgs, as_strided_reference, as_strided_case>();
const CaseRow aten__diagonal_copy_out_cases = case_row<DiagonalCopyArgs, diagonal_reference, diagonal_case>();
const CaseRow aten__expand_copy_out_cases = case_row<ExpandCopyArgs, expand_reference, expand_case>();
const CaseRow aten__repeat_out_cases = case_row<RepeatArgs, repeat_reference, repeat_case>();
const CaseRow aten__pixel_shuffle_out_cases = case_row<PixelShuffleArgs, pixel_shuffle_reference, pixel_shuffle_case>();
const CaseRow aten__pixel_unshuffle_out_cases =
    case_row<PixelUnshuffleArgs, pixel_unshuffle_reference, pixel_unshuffle_case>();

}  // namespace cortado::ops
