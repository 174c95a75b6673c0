// References and random cases of borders and rotations: every element by its index.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/remaps/contract.h"

namespace cortado::ops {
namespace {

std::int64_t before_of(const IntList& pad, const Tensor& self, std::size_t dim) {
  const std::size_t pair = self.rank - 1 - dim;
  return pair < pad.count / 2 ? pad[2 * pair] : 0;
}

void constant_reference(const ConstantPadArgs& args) {
  for_each_logical_index(args.out, [&](Index at) {
    const std::int64_t to = offset_of(args.out, at);
    bool is_inside = true;
    for (std::size_t i = 0; i < args.self.rank; ++i) {
      at.at[i] -= static_cast<std::int32_t>(before_of(args.pad, args.self, i));
      is_inside = is_inside && at.at[i] >= 0 && at.at[i] < args.self.sizes[i];
    }
    if (is_inside)
      copy_element(args.out, to, args.self, offset_of(args.self, at));
    else
      store_number(args.out.dtype, args.out.data, to, number_of(args.value));
  });
}

template <class Kind>
void border_reference(const BorderArgs<Kind>& args) {
  copy_by_index(args.self, args.out, [&](Index at) {
    for (std::size_t i = 0; i < args.self.rank; ++i) {
      const std::int32_t last = args.self.sizes[i] - 1;
      std::int32_t& x = at.at[i];
      x -= static_cast<std::int32_t>(before_of(args.padding, args.self, i));
      if (Kind::reflects) {
        if (x < 0) x = -x;
        if (x > last) x = last - (x - last);
      }
      x = x < 0 ? 0 : x > last ? last : x;
    }
    return at;
  });
}

void roll_reference(const RollArgs& args) {
  const auto moved = [](std::int64_t i, std::int64_t shift, std::int64_t size) {
    return ((i - shift) % size + size) % size;
  };
  if (args.dims.count == 0) {
    const auto count = static_cast<std::int64_t>(args.out.elements());
    for (std::int64_t i = 0; i < count; ++i) copy_element(args.out, i, args.self, moved(i, args.shifts[0], count));
    return;
  }
  copy_by_index(args.self, args.out, [&](Index at) {
    for (std::uint32_t i = 0; args.self.rank > 0 && i < args.dims.count; ++i) {
      const std::size_t dim = wrapped(args.dims[i], args.self.rank);
      at.at[dim] = static_cast<std::int32_t>(moved(at.at[dim], args.shifts[i], args.self.sizes[dim]));
    }
    return at;
  });
}

// --- random cases

// Pads `pairs` dimensions from the last one, by at most `limit` or what the dimension allows.
bool random_border(CaseBuilder& builder, Tensor& self, IntList& pad, Tensor& out, std::size_t rank, std::size_t pairs,
                   bool reflects, bool cuts) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(random);
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = random.between(1, i + 1 == rank ? 12 : 4);
  self = ordered_tensor(builder, dtype, sizes, rank);
  std::int64_t amounts[2 * max_rank] = {};
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::int32_t& size = sizes[rank - 1 - pair];
    const std::int32_t most = reflects ? size - 1 : 4;
    amounts[2 * pair] = random.between(cuts ? -(size - 1) / 2 : 0, most);
    amounts[2 * pair + 1] = random.between(cuts ? -(size - 1) / 2 : 0, most);
    size += static_cast<std::int32_t>(amounts[2 * pair] + amounts[2 * pair + 1]);
  }
  pad = builder.list(amounts, 2 * pairs);
  out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

bool constant_case(CaseBuilder& builder, ConstantPadArgs& args) {
  args.value.is_integer = builder.random.chance(2);
  args.value.integer = builder.random.between(-3, 3);
  args.value.number = builder.random.between(-30, 30) * 0.125;
  const std::size_t rank = random_rank(builder.random, 0, 4);
  const std::size_t pairs = random_rank(builder.random, 0, static_cast<std::int32_t>(rank));
  return random_border(builder, args.self, args.pad, args.out, rank, pairs, false, builder.random.chance(3));
}

template <class Kind>
bool border_case(CaseBuilder& builder, BorderArgs<Kind>& args) {
  const std::size_t rank = Kind::spatial + random_rank(builder.random, 0, 2);
  return random_border(builder, args.self, args.padding, args.out, rank, Kind::spatial, Kind::reflects,
                       builder.random.chance(6));
}

bool roll_case(CaseBuilder& builder, RollArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const DType dtype = random_dtype(random);
  const std::size_t rank = random_rank(random, 0, 4), count = rank == 0 ? 0 : random_rank(random, 0, 3);
  random_sizes(random, rank, sizes);
  std::int64_t shifts[3] = {random.between(-30, 30), random.between(-30, 30), random.between(-3, 3)}, dims[3] = {};
  for (std::size_t i = 0; i < count; ++i) dims[i] = random_dim(random, rank);
  args.shifts = builder.list(shifts, count == 0 ? 1 : count);
  args.dims = builder.list(dims, count);
  args.self = count == 0 ? builder.tensor(dtype, sizes, rank) : ordered_tensor(builder, dtype, sizes, rank);
  args.out = count == 0 ? builder.output(dtype, sizes, rank) : ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

template <class Kind>
constexpr CaseRow border_row() {
  return case_row<BorderArgs<Kind>, border_reference<Kind>, border_case<Kind>>();
}

}  // namespace

extern const CaseRow aten__constant_pad_nd_out_cases, aten__reflection_pad1d_out_cases,
    aten__reflection_pad2d_out_cases, aten__reflection_pad3d_out_cases, aten__replication_pad1d_out_cases,
    aten__replication_pad2d_out_cases, aten__replication_pad3d_out_cases, aten__roll_out_cases;
const CaseRow aten__constant_pad_nd_out_cases = case_row<ConstantPadArgs, constant_reference, constant_case>();
const CaseRow aten__reflection_pad1d_out_cases = border_row<Reflection1d>();
const CaseRow aten__reflection_pad2d_out_cases = border_row<Reflection2d>();
const CaseRow aten__reflection_pad3d_out_cases = border_row<Reflection3d>();
const CaseRow aten__replication_pad1d_out_cases = border_row<Replication1d>();
const CaseRow aten__replication_pad2d_out_cases = border_row<Replication2d>();
const CaseRow aten__replication_pad3d_out_cases = border_row<Replication3d>();
const CaseRow aten__roll_out_cases = case_row<RollArgs, roll_reference, roll_case>();

}  // namespace cortado::ops
