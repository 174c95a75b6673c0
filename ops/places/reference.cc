// References and random cases of extremes and their places: by counting the elements that come before each.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/places/contract.h"

namespace cortado::ops {
namespace {

// Whether x at place i comes before y at place j; NaN is above everything, and below too if `nan_first`.
bool comes_before(const Number& x, std::int32_t i, const Number& y, std::int32_t j, bool largest, bool nan_first) {
  const bool x_is_nan = !x.is_integer && x.real != x.real, y_is_nan = !y.is_integer && y.real != y.real;
  if (x_is_nan || y_is_nan) return x_is_nan && y_is_nan ? i < j : x_is_nan == (largest || nan_first);
  const bool above = x.is_integer ? x.integer > y.integer : x.real > y.real;
  const bool below = x.is_integer ? x.integer < y.integer : x.real < y.real;
  if (above || below) return largest ? above : below;
  return i < j;
}

// Calls visit(place, rank) with the rank that every element of the row through `at` has among its row.
template <class Visit>
void rank_row(const Tensor& self, std::size_t dim, Index at, bool largest, bool nan_first, Visit visit) {
  const std::int32_t length = self.rank == 0 ? 1 : self.sizes[dim];
  const auto element = [&](std::int32_t i) {
    at.at[dim] = i;
    return load_number(self.dtype, self.data, offset_of(self, at));
  };
  for (std::int32_t i = 0; i < length; ++i) {
    std::int32_t rank = 0;
    for (std::int32_t j = 0; j < length; ++j)
      rank += comes_before(element(j), j, element(i), i, largest, nan_first) ? 1 : 0;
    visit(i, rank);
  }
}

std::size_t place_of_dim(std::int64_t dim, const Tensor& self) { return self.rank == 0 ? 0 : wrapped(dim, self.rank); }

// The index in self of the row of a result.
Index in_self(const Index& result, std::size_t dim, bool keepdim, std::size_t rank) {
  if (keepdim) return result;
  Index index;
  for (std::size_t i = 0; i < rank; ++i) index.at[i] = i == dim ? 0 : result.at[i > dim ? i - 1 : i];
  return index;
}

void best(const Tensor& self, std::size_t dim, bool keepdim, bool largest, const Tensor* values, const Tensor& places) {
  for_each_logical_index(places, [&](const Index& at) {
    Index from = in_self(at, dim, keepdim, self.rank);
    rank_row(self, dim, from, largest, true, [&](std::int32_t place, std::int32_t rank) {
      if (rank != 0) return;
      places.as<std::int64_t>()[offset_of(places, at)] = place;
      from.at[dim] = place;
      if (values != nullptr) copy_element(*values, offset_of(*values, at), self, offset_of(self, from));
    });
  });
}

template <class Kind>
void extreme_reference(const ExtremeWithPlaceArgs<Kind>& args) {
  best(args.self, place_of_dim(args.dim, args.self), args.keepdim, std::is_same_v<Kind, Max>, &args.values,
       args.places);
}

template <class Kind>
void place_reference(const PlaceArgs<Kind>& args) {
  constexpr bool largest = std::is_same_v<Kind, Max>;
  if (args.dim.present)
    return best(args.self, place_of_dim(args.dim.value, args.self), args.keepdim, largest, nullptr, args.out);
  const auto length = static_cast<std::int32_t>(args.self.elements());
  const std::uint8_t order = 0;
  Tensor flat = args.self;
  flat.rank = 1;
  flat.sizes = &length;
  flat.dim_order = &order;
  rank_row(flat, 0, {}, largest, true, [&](std::int32_t place, std::int32_t rank) {
    if (rank == 0) *static_cast<std::int64_t*>(args.out.data) = place;
  });
}

void topk_reference(const TopkArgs& args) {
  const std::size_t dim = place_of_dim(args.dim, args.self);
  for_each_logical_index(args.indices, [&](const Index& at) {
    Index from = at;
    rank_row(args.self, dim, at, args.largest, false, [&](std::int32_t place, std::int32_t rank) {
      if (rank != (args.self.rank == 0 ? 0 : at.at[dim])) return;
      args.indices.as<std::int64_t>()[offset_of(args.indices, at)] = place;
      from.at[dim] = place;
      copy_element(args.values, offset_of(args.values, at), args.self, offset_of(args.self, from));
    });
  });
}

// --- random cases: many equal elements, now and then a NaN

Tensor random_self(CaseBuilder& builder, bool is_ordered) {
  constexpr DType dtypes[] = {DType::f32, DType::f32, DType::i8, DType::u8, DType::i32, DType::i64, DType::boolean};
  Random& random = builder.random;
  const DType dtype = dtypes[random.between(0, 6)];
  const std::size_t rank = random_rank(random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = random.between(1, i + 1 == rank ? 9 : 4);
  const Tensor self = is_ordered ? builder.tensor(dtype, sizes, rank) : ordered_tensor(builder, dtype, sizes, rank);
  if (!builder.fits()) return self;
  for (std::size_t i = 0; i < self.elements(); ++i) {
    Number number;
    number.integer = random.between(0, 3);
    if (random.chance(2)) store_number(dtype, self.data, static_cast<std::int64_t>(i), number);
    if (dtype == DType::f32 && random.chance(20)) self.as<float>()[i] = __builtin_nanf("");
  }
  return self;
}

Tensor result(CaseBuilder& builder, DType dtype, const Tensor& self, std::size_t dim, bool has_dim,
              std::int32_t length) {
  std::int32_t sizes[max_rank] = {};
  std::size_t rank = 0;
  for (std::size_t i = 0; i < self.rank; ++i)
    if (i != dim || has_dim) sizes[rank++] = i == dim ? length : self.sizes[i];
  return ordered_tensor(builder, dtype, sizes, rank, true);
}

template <class Kind>
bool extreme_case(CaseBuilder& builder, ExtremeWithPlaceArgs<Kind>& args) {
  args.self = random_self(builder, false);
  if (!builder.fits()) return false;
  args.dim = random_dim(builder.random, args.self.rank);
  args.keepdim = builder.random.chance(2);
  const std::size_t dim = place_of_dim(args.dim, args.self);
  args.values = result(builder, args.self.dtype, args.self, dim, args.keepdim, 1);
  args.places = result(builder, DType::i64, args.self, dim, args.keepdim, 1);
  return builder.fits();
}

template <class Kind>
bool place_case(CaseBuilder& builder, PlaceArgs<Kind>& args) {
  args.dim.present = !builder.random.chance(4);
  args.self = random_self(builder, !args.dim.present);
  if (!builder.fits()) return false;
  args.keepdim = builder.random.chance(2);
  if (args.dim.present) {
    args.dim.value = random_dim(builder.random, args.self.rank);
    args.out = result(builder, DType::i64, args.self, place_of_dim(args.dim.value, args.self), args.keepdim, 1);
  } else {
    constexpr std::int32_t ones[max_rank] = {1, 1, 1, 1, 1, 1, 1, 1};
    args.out = builder.output(DType::i64, ones, args.keepdim ? args.self.rank : 0);
  }
  return builder.fits();
}

bool topk_case(CaseBuilder& builder, TopkArgs& args) {
  args.self = random_self(builder, false);
  if (!builder.fits()) return false;
  args.dim = random_dim(builder.random, args.self.rank);
  args.largest = builder.random.chance(2);
  args.sorted = builder.random.chance(2);
  const std::size_t dim = place_of_dim(args.dim, args.self);
  args.k = args.self.rank == 0 ? 1 : builder.random.between(0, args.self.sizes[dim]);
  args.values = result(builder, args.self.dtype, args.self, dim, true, static_cast<std::int32_t>(args.k));
  args.indices = result(builder, DType::i64, args.self, dim, true, static_cast<std::int32_t>(args.k));
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__max_dim_max_cases, aten__min_dim_min_cases, aten__argmax_out_cases, aten__argmin_out_cases,
    aten__topk_values_cases;
const CaseRow aten__max_dim_max_cases =
    case_row<ExtremeWithPlaceArgs<Max>, extreme_reference<Max>, extreme_case<Max>>();
const CaseRow aten__min_dim_min_cases =
    case_row<ExtremeWithPlaceArgs<Min>, extreme_reference<Min>, extreme_case<Min>>();
const CaseRow aten__argmax_out_cases = case_row<PlaceArgs<Max>, place_reference<Max>, place_case<Max>>();
const CaseRow aten__argmin_out_cases = case_row<PlaceArgs<Min>, place_reference<Min>, place_case<Min>>();
const CaseRow aten__topk_values_cases = case_row<TopkArgs, topk_reference, topk_case>();

}  // namespace cortado::ops
