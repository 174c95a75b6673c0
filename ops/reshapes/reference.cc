// References and random cases of copies under another shape.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/reshapes/contract.h"

namespace cortado::ops {
namespace {

// Element k in logical order stays element k.
template <class Args>
void reference(const Args& args) {
  std::size_t position = 0;
  for_each_logical_index(args.out, [&](const Index& index) {
    Index from;
    std::size_t rest = position++;
    for (std::size_t dim = args.self.rank; dim-- > 0;) {
      from.at[dim] = static_cast<std::int32_t>(rest % static_cast<std::size_t>(args.self.sizes[dim]));
      rest /= static_cast<std::size_t>(args.self.sizes[dim]);
    }
    copy_element(args.out, offset_of(args.out, index), args.self, offset_of(args.self, from));
  });
}

bool view_case(CaseBuilder& builder, ViewCopyArgs& args) {
  Random& random = builder.random;
  const std::int32_t a = random.between(1, 6), b = random.between(1, 6), c = random.between(0, 6);
  const std::int32_t from[3] = {a, b * c, random.between(1, 2)};
  const std::int32_t to[4] = {a * b, 1, c, from[2]};
  const DType dtype = random_dtype(random);
  args.self = builder.tensor(dtype, from, 3);
  args.out = builder.output(dtype, to, 4);
  return builder.fits();
}

// Sizes with ones among them, and without those that `removes(i)`.
template <class Args, class Removes>
bool make_squeeze(CaseBuilder& builder, Args& args, std::size_t rank, Removes removes, bool reversed = false) {
  Random& random = builder.random;
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {}, kept[max_rank] = {};
  std::size_t count = 0;
  random_sizes(random, rank, sizes);
  for (std::size_t i = 0; i < rank; ++i) {
    if (random.chance(2)) sizes[i] = 1;
    if (reversed && removes(i)) sizes[i] = 1;
    if (sizes[i] != 1 || !removes(i)) kept[count++] = sizes[i];
  }
  args.self = ordered_tensor(builder, dtype, reversed ? kept : sizes, reversed ? count : rank);
  args.out = ordered_tensor(builder, dtype, reversed ? sizes : kept, reversed ? rank : count, true);
  return builder.fits();
}

using SqueezeCopyDim = ReshapeDimArgs<SqueezeCopyDimName>;
using UnsqueezeCopy = ReshapeDimArgs<UnsqueezeCopyName>;

bool squeeze_case(CaseBuilder& builder, SqueezeCopyArgs& args) {
  return make_squeeze(builder, args, random_rank(builder.random, 0, 5), [](std::size_t) { return true; });
}
bool squeeze_dim_case(CaseBuilder& builder, SqueezeCopyDim& args) {
  const std::size_t rank = random_rank(builder.random, 1, 5);
  args.dim = random_dim(builder.random, rank);
  return make_squeeze(builder, args, rank, [&](std::size_t i) { return i == wrapped(args.dim, rank); });
}
bool squeeze_dims_case(CaseBuilder& builder, SqueezeCopyDimsArgs& args) {
  const std::size_t rank = random_rank(builder.random, 2, 5);
  const std::int64_t dims[2] = {0, -1};
  args.dim = builder.list(dims, 2);
  return make_squeeze(builder, args, rank, [&](std::size_t i) { return i == 0 || i + 1 == rank; });
}
bool unsqueeze_case(CaseBuilder& builder, UnsqueezeCopy& args) {
  const std::size_t rank = random_rank(builder.random, 1, 5);
  args.dim = random_dim(builder.random, rank);
  return make_squeeze(builder, args, rank, [&](std::size_t i) { return i == wrapped(args.dim, rank); }, true);
}

}  // namespace

extern const CaseRow aten__view_copy_out_cases, aten__squeeze_copy_out_cases, aten__squeeze_copy_dim_out_cases,
    aten__squeeze_copy_dims_out_cases, aten__unsqueeze_copy_out_cases;
const CaseRow aten__view_copy_out_cases = case_row<ViewCopyArgs, reference, view_case>();
const CaseRow aten__squeeze_copy_out_cases = case_row<SqueezeCopyArgs, reference, squeeze_case>();
const CaseRow aten__squeeze_copy_dim_out_cases = case_row<SqueezeCopyDim, reference, squeeze_dim_case>();
const CaseRow aten__squeeze_copy_dims_out_cases = case_row<SqueezeCopyDimsArgs, reference, squeeze_dims_case>();
const CaseRow aten__unsqueeze_copy_out_cases = case_row<UnsqueezeCopy, reference, unsqueeze_case>();

}  // namespace cortado::ops
