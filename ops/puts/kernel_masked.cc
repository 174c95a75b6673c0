#include <string.h>

#include "ops/checks.h"
#include "ops/puts/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<4> nest;  // logical order, out, self, mask
  const std::uint8_t *self, *source;
  const std::uint8_t* mask;
  std::uint8_t* out;
  std::uint32_t available;
  std::size_t element_bytes;
};

ErrorCode plan_masked_scatter(const MaskedScatterArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("out", args.out, args.self.dtype).dtype("source", args.source, args.self.dtype);
  check.that(same_sizes(args.self, args.out), "out must have the sizes of self").contiguous("source", args.source);
  check.dtype("mask", args.mask, DType::boolean)
      .that(broadcasts_to(args.mask, args.out), "mask does not broadcast to self");
  if (!check.ok()) return check.code();
  std::int32_t strides[4][max_rank] = {}, step = 1;
  for (std::size_t i = args.out.rank; i-- > 0; step *= args.out.sizes[i]) strides[0][i] = step;
  strides_of(args.out, strides[1]);
  strides_of(args.self, strides[2]);
  broadcast_strides(args.mask, args.out, strides[3]);
  plan = {make_nest(args.out.rank, args.out.sizes, strides),
          args.self.as<std::uint8_t>(),
          args.source.as<std::uint8_t>(),
          args.mask.as<std::uint8_t>(),
          args.out.as<std::uint8_t>(),
          static_cast<std::uint32_t>(args.source.elements()),
          size_bytes(args.out.dtype)};
  return check.code();
}

bool run_masked_scatter(const Plan& plan) {
  const Nest<4>& nest = plan.nest;
  const std::size_t bytes = plan.element_bytes;
  std::uint32_t taken = 0;
  bool suffices = true;
  for_each_row(nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < nest.row_size(); ++i) {
      const std::uint8_t* from = plan.self + static_cast<std::size_t>(offset[2] + i * nest.row_stride(2)) * bytes;
      if (plan.mask[offset[3] + i * nest.row_stride(3)] != 0) {
        suffices = suffices && taken < plan.available;
        if (!suffices) return;
        from = plan.source + bytes * taken++;
      }
      memmove(plan.out + static_cast<std::size_t>(offset[1] + i * nest.row_stride(1)) * bytes, from, bytes);
    }
  });
  return suffices;
}

}  // namespace

extern const Kernel aten__masked_scatter_out;
const Kernel aten__masked_scatter_out = kernel_row<MaskedScatterArgs, Plan, plan_masked_scatter, run_masked_scatter>();

}  // namespace cortado::ops
