// References and random cases of joining and splitting.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/joins/contract.h"

namespace cortado::ops {
namespace {

constexpr std::size_t max_parts = 4;

// Calls visit(element of the whole, element of a part) for parts that lie one after another along `dim`.
template <class Visit>
void for_each_pair(const Tensor& whole, const TensorList& parts, std::size_t dim, Visit visit) {
  std::int32_t begin = 0;
  for (std::uint32_t p = 0; p < parts.count; ++p) {
    if (parts[p].rank != whole.rank) continue;  // an absent part
    for_each_logical_index(parts[p], [&](const Index& index) {
      Index at = index;
      at.at[dim] += begin;
      visit(offset_of(whole, at), parts[p], offset_of(parts[p], index));
    });
    begin += parts[p].sizes[dim];
  }
}

// The same for parts without the dimension.
template <class Visit>
void for_each_step(const Tensor& whole, const TensorList& parts, std::size_t dim, Visit visit) {
  for (std::uint32_t p = 0; p < parts.count; ++p)
    for_each_logical_index(parts[p], [&](const Index& index) {
      Index at;
      for (std::size_t d = 0; d < whole.rank; ++d)
        at.at[d] = d == dim ? static_cast<std::int32_t>(p) : index.at[d < dim ? d : d - 1];
      visit(offset_of(whole, at), parts[p], offset_of(parts[p], index));
    });
}

void cat_reference(const CatArgs& args) {
  for_each_pair(
      args.out, args.tensors, wrapped(args.dim, args.out.rank),
      [&](std::int64_t at, const Tensor& part, std::int64_t from) { copy_element(args.out, at, part, from); });
}
template <class Args>
void split_reference(const Args& args) {
  for_each_pair(args.self, args.out, wrapped(args.dim, args.self.rank),
                [&](std::int64_t at, const Tensor& part, std::int64_t to) { copy_element(part, to, args.self, at); });
}
void stack_reference(const StackArgs& args) {
  for_each_step(
      args.out, args.tensors, wrapped(args.dim, args.out.rank),
      [&](std::int64_t at, const Tensor& part, std::int64_t from) { copy_element(args.out, at, part, from); });
}
void unbind_reference(const UnbindCopyArgs& args) {
  for_each_step(args.self, args.out, wrapped(args.dim, args.self.rank),
                [&](std::int64_t at, const Tensor& part, std::int64_t to) { copy_element(part, to, args.self, at); });
}

// Random sizes of a whole that is cut along `dim` into parts.
struct Cut {
  DType dtype;
  std::size_t rank, dim;
  std::int32_t sizes[max_rank] = {};
  std::uint8_t order[max_rank] = {};
  std::size_t count;
  std::int64_t extents[max_parts] = {};
};

Cut random_cut(Random& random, std::int64_t& dim) {
  Cut cut;
  cut.dtype = random_dtype(random);
  cut.rank = random_rank(random, 1, 4);
  random_sizes(random, cut.rank, cut.sizes);
  random_order(random, cut.rank, cut.order);
  dim = random_dim(random, cut.rank);
  cut.dim = wrapped(dim, cut.rank);
  cut.count = random_rank(random, 1, max_parts);
  cut.sizes[cut.dim] = 0;
  for (std::size_t i = 0; i < cut.count; ++i) {
    cut.extents[i] = random.between(random.chance(10) ? 0 : 1, 5);
    cut.sizes[cut.dim] += static_cast<std::int32_t>(cut.extents[i]);
  }
  return cut;
}

TensorList make_parts(CaseBuilder& builder, const Cut& cut, bool are_outputs) {
  Tensor parts[max_parts];
  std::int32_t sizes[max_rank];
  for (std::size_t i = 0; i < cut.rank; ++i) sizes[i] = cut.sizes[i];
  for (std::size_t i = 0; i < cut.count; ++i) {
    sizes[cut.dim] = static_cast<std::int32_t>(cut.extents[i]);
    parts[i] = are_outputs ? builder.output(cut.dtype, sizes, cut.rank, cut.order)
                           : builder.tensor(cut.dtype, sizes, cut.rank, cut.order);
  }
  return builder.list(parts, cut.count);
}

bool cat_case(CaseBuilder& builder, CatArgs& args) {
  const Cut cut = random_cut(builder.random, args.dim);
  args.tensors = make_parts(builder, cut, false);
  args.out = builder.output(cut.dtype, cut.sizes, cut.rank, cut.order);
  return builder.fits();
}

bool split_with_sizes_case(CaseBuilder& builder, SplitWithSizesCopyArgs& args) {
  const Cut cut = random_cut(builder.random, args.dim);
  args.self = builder.tensor(cut.dtype, cut.sizes, cut.rank, cut.order);
  args.split_sizes = builder.list(cut.extents, cut.count);
  args.out = make_parts(builder, cut, true);
  return builder.fits();
}

bool split_case(CaseBuilder& builder, SplitCopyArgs& args) {
  Cut cut = random_cut(builder.random, args.dim);
  args.split_size = builder.random.between(1, 6);
  cut.sizes[cut.dim] = 0;
  for (std::size_t i = 0; i < cut.count; ++i) {
    cut.extents[i] =
        i + 1 < cut.count ? args.split_size : builder.random.between(1, static_cast<std::int32_t>(args.split_size));
    cut.sizes[cut.dim] += static_cast<std::int32_t>(cut.extents[i]);
  }
  args.self = builder.tensor(cut.dtype, cut.sizes, cut.rank, cut.order);
  args.out = make_parts(builder, cut, true);
  return builder.fits();
}

// A whole and its steps along a dimension.
bool make_steps(CaseBuilder& builder, std::int64_t& dim, Tensor& whole, TensorList& list, bool parts_are_outputs) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 4);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {}, part[max_rank] = {};
  random_sizes(random, rank, sizes);
  dim = random_dim(random, rank);
  const std::size_t axis = wrapped(dim, rank);
  sizes[axis] = random.between(1, max_parts);
  for (std::size_t i = 0; i + 1 < rank; ++i) part[i] = sizes[i < axis ? i : i + 1];
  Tensor parts[max_parts];
  for (std::int32_t i = 0; i < sizes[axis]; ++i)
    parts[i] = parts_are_outputs ? builder.output(dtype, part, rank - 1) : builder.tensor(dtype, part, rank - 1);
  list = builder.list(parts, static_cast<std::size_t>(sizes[axis]));
  whole = parts_are_outputs ? builder.tensor(dtype, sizes, rank) : builder.output(dtype, sizes, rank);
  return builder.fits();
}

bool stack_case(CaseBuilder& builder, StackArgs& args) {
  return make_steps(builder, args.dim, args.out, args.tensors, false);
}
bool unbind_case(CaseBuilder& builder, UnbindCopyArgs& args) {
  return make_steps(builder, args.dim, args.self, args.out, true);
}

}  // namespace

extern const CaseRow aten__cat_out_cases, aten__stack_out_cases, aten__split_copy_Tensor_out_cases,
    aten__split_with_sizes_copy_out_cases, aten__unbind_copy_int_out_cases;
const CaseRow aten__cat_out_cases = case_row<CatArgs, cat_reference, cat_case>();
const CaseRow aten__stack_out_cases = case_row<StackArgs, stack_reference, stack_case>();
const CaseRow aten__split_copy_Tensor_out_cases = case_row<SplitCopyArgs, split_reference, split_case>();
const CaseRow aten__split_with_sizes_copy_out_cases =
    case_row<SplitWithSizesCopyArgs, split_reference, split_with_sizes_case>();
const CaseRow aten__unbind_copy_int_out_cases = case_row<UnbindCopyArgs, unbind_reference, unbind_case>();

}  // namespace cortado::ops
