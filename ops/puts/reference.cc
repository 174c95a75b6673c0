// References and random cases of puts: the input copied, then every element written by its index.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/indexed_case.h"
#include "ops/puts/contract.h"

namespace cortado::ops {
namespace {

std::size_t place_of_dim(std::int64_t dim, const Tensor& self) { return self.rank == 0 ? 0 : wrapped(dim, self.rank); }

void copy_all(const Tensor& self, const Tensor& out) {
  copy_by_index(self, out, [](const Index& at) { return at; });
}

void put_element(const Tensor& out, const Index& to, const Tensor& source, const Index& from, bool adds) {
  const std::int64_t at = offset_of(out, to);
  if (!adds) return copy_element(out, at, source, offset_of(source, from));
  Number sum = load_number(out.dtype, out.data, at);
  const Number addend = load_number(source.dtype, source.data, offset_of(source, from));
  sum.integer =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(sum.integer) + static_cast<std::uint64_t>(addend.integer));
  sum.real += addend.real;
  store_number(out.dtype, out.data, at, sum);
}

// Calls visit(index) for every index of the sizes.
template <class Visit>
void for_each_of(const std::int32_t* sizes, std::size_t rank, Visit visit) {
  Tensor space;
  space.sizes = sizes;
  space.rank = static_cast<std::uint8_t>(rank);
  for_each_logical_index(space, visit);
}

// The sizes of self[indices…].
std::size_t indexed_sizes(const Tensor& self, const TensorList& indices, std::int32_t (&sizes)[max_rank]) {
  const AdvancedShape shape = advanced_shape(indices);
  std::size_t rank = 0, whole = 0;
  for (std::size_t d = 0; d <= self.rank; ++d) {
    if (d < self.rank && d < indices.count && indices[d].data != nullptr) continue;
    if (whole++ == shape.position)
      for (std::size_t i = 0; i < shape.common_rank; ++i) {
        sizes[rank] = 1;
        for (std::uint32_t e = 0; e < indices.count; ++e) {
          if (indices[e].data == nullptr || i + indices[e].rank < shape.common_rank) continue;
          const std::int32_t size = indices[e].sizes[i + indices[e].rank - shape.common_rank];
          if (size != 1) sizes[rank] = size;
        }
        ++rank;
      }
    if (d < self.rank) sizes[rank++] = self.sizes[d];
  }
  return rank;
}

void put(const Tensor& self, const TensorList& indices, const Tensor& values, bool accumulate, const Tensor& out) {
  std::int32_t sizes[max_rank] = {};
  const std::size_t rank = indexed_sizes(self, indices, sizes);
  if (self.data != out.data) copy_all(self, out);
  for_each_of(sizes, rank, [&](const Index& at) {
    Index from;
    for (std::size_t i = 0; i < values.rank; ++i) from.at[i] = values.sizes[i] == 1 ? 0 : at.at[rank - values.rank + i];
    put_element(out, advanced_source(self, indices, at), values, from, accumulate);
  });
}
void index_put_reference(const IndexPutArgs& args) {
  put(args.self, args.indices, args.values, args.accumulate, args.out);
}
void index_put_in_place_reference(const IndexPutInPlaceArgs& args) {
  put(args.self, args.indices, args.values, args.accumulate, args.self);
}

template <class Kind>
void scatter_reference(const ScatterArgs<Kind>& args) {
  copy_all(args.self, args.out);
  for_each_logical_index(args.index, [&](const Index& at) {
    Index to = at;
    to.at[place_of_dim(args.dim, args.self)] = static_cast<std::int32_t>(index_at(args.index, at));
    put_element(args.out, to, args.src, at, Kind::adds);
  });
}

void scatter_value_reference(const ScatterValueArgs& args) {
  copy_all(args.self, args.out);
  for_each_logical_index(args.index, [&](Index at) {
    at.at[place_of_dim(args.dim, args.self)] = static_cast<std::int32_t>(index_at(args.index, at));
    store_number(args.out.dtype, args.out.data, offset_of(args.out, at), number_of(args.value));
  });
}

void select_scatter_reference(const SelectScatterArgs& args) {
  const std::size_t dim = place_of_dim(args.dim, args.self);
  copy_all(args.self, args.out);
  for_each_logical_index(args.src, [&](const Index& at) {
    Index to;
    for (std::size_t i = 0; i < args.self.rank; ++i) to.at[i] = at.at[i > dim ? i - 1 : i];
    to.at[dim] = static_cast<std::int32_t>(args.index < 0 ? args.index + args.self.sizes[dim] : args.index);
    put_element(args.out, to, args.src, at, false);
  });
}

void slice_scatter_reference(const SliceScatterArgs& args) {
  const std::size_t dim = place_of_dim(args.dim, args.self);
  const std::int64_t size = args.self.sizes[dim];
  std::int64_t start = args.start.present ? args.start.value : 0;
  if (start < 0) start += size;
  if (start < 0) start = 0;
  copy_all(args.self, args.out);
  for_each_logical_index(args.src, [&](const Index& at) {
    Index to = at;
    to.at[dim] = static_cast<std::int32_t>(start + at.at[dim] * args.step);
    put_element(args.out, to, args.src, at, false);
  });
}

// --- random cases

template <class Args>
bool make_put(CaseBuilder& builder, Args& args, bool is_in_place) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {}, result[max_rank] = {};
  const DType dtype = random_dtype(random);
  const std::size_t rank = small_sizes(random, 1, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank, is_in_place);
  args.accumulate = random.chance(3);
  if (!builder.fits()) return false;
  const std::size_t result_rank = advanced_case(builder, args.self, args.indices, result);
  if (!builder.fits()) return false;
  const std::size_t dropped = random.chance(4) ? random_rank(random, 0, static_cast<std::int32_t>(result_rank)) : 0;
  for (std::size_t i = 0; i < result_rank; ++i)
    if (random.chance(5)) result[i] = 1;
  args.values = ordered_tensor(builder, dtype, result + dropped, result_rank - dropped);
  return builder.fits();
}
bool index_put_case(CaseBuilder& builder, IndexPutArgs& args) {
  if (!make_put(builder, args, false)) return false;
  args.out = ordered_tensor(builder, args.self.dtype, args.self.sizes, args.self.rank, true);
  return builder.fits();
}
bool index_put_in_place_case(CaseBuilder& builder, IndexPutInPlaceArgs& args) { return make_put(builder, args, true); }

template <class Args>
bool make_along(CaseBuilder& builder, Args& args, Tensor* source) {
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(builder.random);
  const std::size_t rank = small_sizes(builder.random, 0, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.dim = random_dim(builder.random, rank);
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = builder.random.between(1, 8);
  if (source != nullptr) *source = ordered_tensor(builder, dtype, sizes, rank);
  if (!builder.fits()) return false;
  args.index = index_along(builder, args.self, place_of_dim(args.dim, args.self), source);
  if (!builder.fits()) return false;
  args.out = ordered_tensor(builder, dtype, args.self.sizes, rank, true);
  return builder.fits();
}
template <class Kind>
bool scatter_case(CaseBuilder& builder, ScatterArgs<Kind>& args) {
  return make_along(builder, args, &args.src);
}
bool scatter_value_case(CaseBuilder& builder, ScatterValueArgs& args) {
  args.value.is_integer = builder.random.chance(2);
  args.value.integer = builder.random.between(-3, 3);
  args.value.number = builder.random.between(-30, 30) * 0.125;
  return make_along(builder, args, nullptr);
}

bool select_scatter_case(CaseBuilder& builder, SelectScatterArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {}, part[max_rank] = {};
  const DType dtype = random_dtype(random);
  const std::size_t rank = small_sizes(random, 1, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.dim = random_dim(random, rank);
  const std::size_t dim = wrapped(args.dim, rank);
  args.index = random.between(-sizes[dim], sizes[dim] - 1);
  for (std::size_t i = 0, at = 0; i < rank; ++i)
    if (i != dim) part[at++] = sizes[i];
  args.src = ordered_tensor(builder, dtype, part, rank - 1);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

bool slice_scatter_case(CaseBuilder& builder, SliceScatterArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(random);
  const std::size_t rank = small_sizes(random, 1, 4, sizes);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  args.dim = random_dim(random, rank);
  std::int32_t& size = sizes[wrapped(args.dim, rank)];
  const std::int32_t first = random.between(0, size), end = random.between(first, size + 2);
  args.step = random.between(1, 3);
  args.start = {first == size || random.chance(2) ? first : first - size, first > 0 || random.chance(2)};
  args.end = {end, end < size || random.chance(2)};
  const std::int32_t last = end < size ? end : size;
  size = static_cast<std::int32_t>((last - first + args.step - 1) / args.step);
  args.src = ordered_tensor(builder, dtype, sizes, rank);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__index_put_out_cases, aten__index_put__cases, aten__scatter_src_out_cases,
    aten__scatter_add_out_cases, aten__scatter_value_out_cases, aten__select_scatter_out_cases,
    aten__slice_scatter_out_cases;
const CaseRow aten__index_put_out_cases = case_row<IndexPutArgs, index_put_reference, index_put_case>();
const CaseRow aten__index_put__cases =
    case_row<IndexPutInPlaceArgs, index_put_in_place_reference, index_put_in_place_case>();
const CaseRow aten__scatter_src_out_cases =
    case_row<ScatterArgs<Scatter>, scatter_reference<Scatter>, scatter_case<Scatter>>();
const CaseRow aten__scatter_add_out_cases =
    case_row<ScatterArgs<ScatterAdd>, scatter_reference<ScatterAdd>, scatter_case<ScatterAdd>>();
const CaseRow aten__scatter_value_out_cases = case_row<ScatterValueArgs, scatter_value_reference, scatter_value_case>();
const CaseRow aten__select_scatter_out_cases =
    case_row<SelectScatterArgs, select_scatter_reference, select_scatter_case>();
const CaseRow aten__slice_scatter_out_cases = case_row<SliceScatterArgs, slice_scatter_reference, slice_scatter_case>();

}  // namespace cortado::ops
