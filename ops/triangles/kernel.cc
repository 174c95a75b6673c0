#include <string.h>

#include "ops/checks.h"
#include "ops/strided.h"
#include "ops/triangles/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<2> matrices;  // out, self
  const std::uint8_t* self;
  std::uint8_t* out;
  std::size_t element_bytes;
  std::int64_t diagonal;
  std::int32_t rows, columns;
  std::int32_t row_step[2], column_step[2];  // of out and self
};

ErrorCode plan_tril(const TrilArgs& args, Plan& plan, ErrorReport& report) {
  const Tensor &self = args.self, &out = args.out;
  Check check(report);
  check.dtype("out", out, self.dtype)
      .range("self's rank", self.rank, 2, max_rank)
      .that(same_sizes(self, out), "out must have the sizes of self");
  check.range("diagonal", args.diagonal, INT32_MIN, INT32_MAX);
  if (!check.ok()) return check.code();
  std::int32_t strides[2][max_rank] = {};
  strides_of(out, strides[0]);
  strides_of(self, strides[1]);
  const std::size_t row = self.rank - 2u, column = self.rank - 1u;
  plan.matrices = make_nest(row, self.sizes, strides);
  plan.self = self.as<std::uint8_t>();
  plan.out = out.as<std::uint8_t>();
  plan.element_bytes = size_bytes(out.dtype);
  plan.diagonal = args.diagonal;
  plan.rows = self.sizes[row];
  plan.columns = self.sizes[column];
  for (std::size_t n = 0; n < 2; ++n) {
    plan.row_step[n] = strides[n][row];
    plan.column_step[n] = strides[n][column];
  }
  return check.code();
}

void keep_lower(const Plan& plan, std::int32_t to, std::int32_t from) {
  const std::size_t bytes = plan.element_bytes;
  for (std::int32_t i = 0; i < plan.rows; ++i)
    for (std::int32_t j = 0; j < plan.columns; ++j) {
      std::uint8_t* out =
          plan.out + static_cast<std::size_t>(to + i * plan.row_step[0] + j * plan.column_step[0]) * bytes;
      if (j - i <= plan.diagonal)
        memcpy(out, plan.self + static_cast<std::size_t>(from + i * plan.row_step[1] + j * plan.column_step[1]) * bytes,
               bytes);
      else
        memset(out, 0, bytes);
    }
}

void run_tril(const Plan& plan) {
  for_each_row(plan.matrices, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.matrices.row_size(); ++i)
      keep_lower(plan, offset[0] + i * plan.matrices.row_stride(0), offset[1] + i * plan.matrices.row_stride(1));
  });
}

}  // namespace

extern const Kernel aten__tril_out;
const Kernel aten__tril_out = kernel_row<TrilArgs, Plan, plan_tril, run_tril>();

}  // namespace cortado::ops
