#include <string.h>

#include "ops/checks.h"
#include "ops/element.h"
#include "ops/remaps/contract.h"

namespace cortado::ops {
namespace {

enum class Mode : std::uint8_t { constant, reflect, replicate, rotate };

// Of out's dimensions in memory order: coordinate i comes from i − before.
struct Plan {
  std::int32_t out_size[max_rank], size[max_rank], stride[max_rank], before[max_rank];
  std::uint8_t rank;  // at least 1
  Mode mode;
  std::uint8_t element_bytes;
  std::uint32_t count;  // of out
  const void* self;
  void* out;
  std::uint64_t value;  // of the border, as an element
};

// `before` by logical dimension.
ErrorCode plan_map(const Tensor& self, const std::int64_t* before, Mode mode, const Tensor& out, Plan& plan,
                   ErrorReport& report) {
  std::int32_t own[max_rank] = {};
  strides_of(self, own);
  plan.rank = self.rank;
  for (std::size_t i = 0; i < self.rank; ++i) {
    const std::uint8_t dim = out.dim_order[i];
    plan.out_size[i] = out.sizes[dim];
    plan.size[i] = self.sizes[dim];
    plan.stride[i] = own[dim];
    plan.before[i] = static_cast<std::int32_t>(before[dim]);
  }
  if (self.rank == 0) {
    plan.rank = 1;
    plan.out_size[0] = plan.size[0] = 1;
  }
  plan.mode = mode;
  plan.element_bytes = static_cast<std::uint8_t>(size_bytes(out.dtype));
  plan.count = static_cast<std::uint32_t>(out.elements());
  plan.self = self.data;
  plan.out = out.data;
  return report.code();
}

ErrorCode plan_border(const Tensor& self, const IntList& pad, Mode mode, const Tensor& out, Plan& plan,
                      ErrorReport& report) {
  Check check(report);
  check.dtype("out", out, self.dtype).equal("out", "'s rank", out.rank, self.rank);
  check.that(pad.count % 2 == 0 && pad.count / 2 <= self.rank, "the padding has not two numbers per dimension");
  std::int64_t before[max_rank] = {};
  for (std::size_t i = 0; check.ok() && i < self.rank; ++i) {
    const std::size_t pair = self.rank - 1 - i;
    const std::int64_t size = self.sizes[i];
    const std::int64_t limit = mode == Mode::reflect ? size - 1 : INT32_MAX;
    const std::int64_t after = pair < pad.count / 2 ? pad[2 * pair + 1] : 0;
    before[i] = pair < pad.count / 2 ? pad[2 * pair] : 0;
    if (before[i] == 0 && after == 0) {
      check.equal("out", "'s size", out.sizes[i], size);
      continue;
    }
    check.range("the padding", before[i], -size, limit).range("the padding", after, -size, limit);
    if (!check.ok()) break;  // numbers that are out of range are not to be added
    check.equal("out", "'s size", out.sizes[i], size + before[i] + after);
    check.that(size > 0 || mode == Mode::constant, "there is nothing to repeat");
  }
  return check.ok() ? plan_map(self, before, mode, out, plan, report) : check.code();
}

ErrorCode plan_constant(const ConstantPadArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).that(has_type(args.self.dtype), "no numbers of this element type");
  if (report.code() == ErrorCode::ok) store_number(args.self.dtype, &plan.value, 0, number_of(args.value));
  return plan_border(args.self, args.pad, Mode::constant, args.out, plan, report);
}

template <class Kind>
ErrorCode plan_repeating(const BorderArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  Check(report).equal("padding", "'s length", args.padding.count, 2 * Kind::spatial);
  return plan_border(args.self, args.padding, Kind::reflects ? Mode::reflect : Mode::replicate, args.out, plan, report);
}

// A shift as 0 … size − 1.
std::int64_t reduced(std::int64_t shift, std::int64_t size) { return size == 0 ? 0 : (shift % size + size) % size; }

ErrorCode plan_flat_roll(const RollArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.equal("shifts", "' length", args.shifts.count, 1).contiguous("self", args.self).contiguous("out", args.out);
  if (!check.ok()) return check.code();
  const auto count = static_cast<std::int32_t>(args.self.elements());
  const std::uint8_t order = 0;
  Tensor self = args.self, out = args.out;
  self.rank = out.rank = 1;
  self.sizes = out.sizes = &count;
  self.dim_order = out.dim_order = &order;
  const std::int64_t before = reduced(args.shifts[0], count);
  return plan_map(self, &before, Mode::rotate, out, plan, report);
}

ErrorCode plan_roll(const RollArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("out", args.out, args.self.dtype)
      .that(same_sizes(args.self, args.out), "out must have the sizes of self");
  if (!check.ok()) return check.code();
  if (args.dims.count == 0) return plan_flat_roll(args, plan, report);
  check.equal("shifts", "' length", args.shifts.count, args.dims.count);
  std::int64_t before[max_rank] = {};
  for (std::uint32_t i = 0; check.ok() && i < args.dims.count; ++i) {
    const std::size_t dim = check.dimension("dim", args.dims[i], args.self.rank);
    const std::int64_t size = dim < args.self.rank ? args.self.sizes[dim] : 1;
    before[dim] = reduced(before[dim] + reduced(args.shifts[i], size), size);
  }
  return check.ok() ? plan_map(args.self, before, Mode::rotate, args.out, plan, report) : check.code();
}

// The input's coordinate for one outside of it; −1 for the constant.
std::int32_t source(std::int32_t i, std::int32_t size, Mode mode) {
  switch (mode) {
    case Mode::reflect: return i < 0 ? -i : 2 * (size - 1) - i;
    case Mode::replicate: return i < 0 ? 0 : size - 1;
    case Mode::rotate: return i < 0 ? i + size : i - size;
    default: return -1;
  }
}

// Of the row's first element without the last dimension; false: the whole row is border.
bool row_offset(const Plan& plan, const std::int32_t* index, std::int32_t& offset) {
  offset = 0;
  for (std::size_t i = 0; i + 1 < plan.rank; ++i) {
    std::int32_t at = index[i] - plan.before[i];
    if (at < 0 || at >= plan.size[i]) at = source(at, plan.size[i], plan.mode);
    if (at < 0) return false;
    offset += at * plan.stride[i];
  }
  return true;
}

template <class T>
void fill_row(const Plan& plan, const T* from, T* to) {
  const std::size_t last = plan.rank - 1u;
  const std::int32_t size = plan.size[last], before = plan.before[last], stride = plan.stride[last];
  T border;
  memcpy(&border, &plan.value, sizeof border);
  for (std::int32_t i = 0; i < plan.out_size[last]; ++i) {
    std::int32_t at = i - before;
    if (at < 0 || at >= size) at = source(at, size, plan.mode);
    to[i] = at < 0 || from == nullptr ? border : from[at * stride];
  }
}

template <class T>
void remap(const Plan& plan) {
  const std::uint32_t row_size = static_cast<std::uint32_t>(plan.out_size[plan.rank - 1]);
  std::int32_t index[max_rank] = {};
  T* to = static_cast<T*>(plan.out);
  for (std::uint32_t done = 0; done < plan.count; done += row_size, to += row_size) {
    std::int32_t offset = 0;
    const bool has_source = row_offset(plan, index, offset);
    fill_row<T>(plan, has_source ? static_cast<const T*>(plan.self) + offset : nullptr, to);
    for (std::size_t i = plan.rank - 1u; i-- > 0;) {
      if (++index[i] < plan.out_size[i]) break;
      index[i] = 0;
    }
  }
}

void run_plan(const Plan& plan) {
  switch (plan.element_bytes) {
    case 1: return remap<std::uint8_t>(plan);
    case 2: return remap<std::uint16_t>(plan);
    case 4: return remap<std::uint32_t>(plan);
    default: return remap<std::uint64_t>(plan);
  }
}

template <class Kind>
constexpr Kernel border_row() {
  return kernel_row<BorderArgs<Kind>, Plan, plan_repeating<Kind>, run_plan>();
}

}  // namespace

extern const Kernel aten__constant_pad_nd_out, aten__reflection_pad1d_out, aten__reflection_pad2d_out,
    aten__reflection_pad3d_out, aten__replication_pad1d_out, aten__replication_pad2d_out, aten__replication_pad3d_out,
    aten__roll_out;
const Kernel aten__constant_pad_nd_out = kernel_row<ConstantPadArgs, Plan, plan_constant, run_plan>();
const Kernel aten__reflection_pad1d_out = border_row<Reflection1d>();
const Kernel aten__reflection_pad2d_out = border_row<Reflection2d>();
const Kernel aten__reflection_pad3d_out = border_row<Reflection3d>();
const Kernel aten__replication_pad1d_out = border_row<Replication1d>();
const Kernel aten__replication_pad2d_out = border_row<Replication2d>();
const Kernel aten__replication_pad3d_out = border_row<Replication3d>();
const Kernel aten__roll_out = kernel_row<RollArgs, Plan, plan_roll, run_plan>();

}  // namespace cortado::ops
