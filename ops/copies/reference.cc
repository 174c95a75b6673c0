// References and random cases of copies.
#include "ops/case_row.h"
#include "ops/copies/contract.h"
#include "ops/element.h"
#include "ops/index_map.h"

namespace cortado::ops {
namespace {

void convert(const Tensor& from, const Tensor& to) {
  const std::size_t added = to.rank - from.rank;
  for_each_logical_index(to, [&](const Index& index) {
    Index source;
    for (std::size_t i = 0; i < from.rank; ++i) source.at[i] = from.sizes[i] == 1 ? 0 : index.at[i + added];
    if (from.dtype == to.dtype)
      copy_element(to, offset_of(to, index), from, offset_of(from, source));
    else
      store_number(to.dtype, to.data, offset_of(to, index),
                   load_number(from.dtype, from.data, offset_of(from, source)));
  });
}

template <class Args>
void same_reference(const Args& args) {
  convert(args.self, args.out);
}
void copy_reference(const CopyArgs& args) { convert(args.src, args.out); }
void in_place_reference(const CopyInPlaceArgs& args) { convert(args.src, args.self); }

// A tensor whose values survive any conversion: small integers, and halves in floats.
Tensor source(CaseBuilder& builder, DType dtype, const std::int32_t* sizes, std::size_t rank) {
  const Tensor tensor = ordered_tensor(builder, dtype, sizes, rank);
  if (builder.fits() && dtype == DType::f32)
    for (std::size_t i = 0; i < tensor.elements(); ++i)
      tensor.as<float>()[i] = static_cast<float>(builder.random.between(0, 200)) * 0.5f;
  return tensor;
}

template <class Args>
bool same_case(CaseBuilder& builder, Args& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 5);
  const DType dtype = random_dtype(random);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.self = source(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

template <class Args>
bool converting_case(CaseBuilder& builder, Args& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 0, 5);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  args.self = source(builder, random_dtype(random), sizes, rank);
  args.out = ordered_tensor(builder, random_dtype(random), sizes, rank, true);
  return builder.fits();
}

bool make_source(CaseBuilder& builder, Tensor& src, std::int32_t (&sizes)[max_rank], std::size_t rank) {
  Random& random = builder.random;
  random_sizes(random, rank, sizes);
  std::int32_t from[max_rank] = {};
  for (std::size_t i = 0; i < rank; ++i) from[i] = random.chance(4) ? 1 : sizes[i];
  const std::size_t dropped = random.chance(4) ? random_rank(random, 0, static_cast<std::int32_t>(rank)) : 0;
  src = source(builder, random_dtype(random), from + dropped, rank - dropped);
  return builder.fits();
}

bool copy_case(CaseBuilder& builder, CopyArgs& args) {
  const std::size_t rank = random_rank(builder.random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  if (!make_source(builder, args.src, sizes, rank)) return false;
  const DType dtype = random_dtype(builder.random);
  args.self = builder.tensor(dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

bool in_place_case(CaseBuilder& builder, CopyInPlaceArgs& args) {
  const std::size_t rank = random_rank(builder.random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  if (!make_source(builder, args.src, sizes, rank)) return false;
  args.self = ordered_tensor(builder, random_dtype(builder.random), sizes, rank, true);
  return builder.fits();
}

using AliasCopy = PlainCopyArgs<AliasCopyName>;
using DetachCopy = PlainCopyArgs<DetachCopyName>;
using LiftFreshCopy = PlainCopyArgs<LiftFreshCopyName>;

}  // namespace

extern const CaseRow aten__alias_copy_out_cases, aten__detach_copy_out_cases, aten__lift_fresh_copy_out_cases,
    aten__clone_out_cases, dim_order_ops___clone_dim_order_out_cases, dim_order_ops___to_dim_order_copy_out_cases,
    aten___to_copy_out_cases, aten__copy_out_cases, aten__copy__cases;
const CaseRow aten__alias_copy_out_cases = case_row<AliasCopy, same_reference<AliasCopy>, same_case<AliasCopy>>();
const CaseRow aten__detach_copy_out_cases = case_row<DetachCopy, same_reference<DetachCopy>, same_case<DetachCopy>>();
const CaseRow aten__lift_fresh_copy_out_cases =
    case_row<LiftFreshCopy, same_reference<LiftFreshCopy>, same_case<LiftFreshCopy>>();
const CaseRow aten__clone_out_cases = case_row<CloneArgs, same_reference<CloneArgs>, same_case<CloneArgs>>();
const CaseRow dim_order_ops___clone_dim_order_out_cases =
    case_row<CloneDimOrderArgs, same_reference<CloneDimOrderArgs>, same_case<CloneDimOrderArgs>>();
const CaseRow dim_order_ops___to_dim_order_copy_out_cases =
    case_row<ToDimOrderCopyArgs, same_reference<ToDimOrderCopyArgs>, converting_case<ToDimOrderCopyArgs>>();
const CaseRow aten___to_copy_out_cases =
    case_row<ToCopyArgs, same_reference<ToCopyArgs>, converting_case<ToCopyArgs>>();
const CaseRow aten__copy_out_cases = case_row<CopyArgs, copy_reference, copy_case>();
const CaseRow aten__copy__cases = case_row<CopyInPlaceArgs, in_place_reference, in_place_case>();

}  // namespace cortado::ops
