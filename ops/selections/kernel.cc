#include "ops/checks.h"
#include "ops/element.h"
#include "ops/selections/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<4> nest;  // out, condition, one, other
  const std::uint8_t* condition;
  const void *one, *other;
  void* out;
  std::uint8_t element_bytes;
  std::uint64_t value;  // of masked_fill, as an element
};

ErrorCode make_plan(const Tensor& condition, const Tensor& one, const Tensor& other, const Tensor& out, Plan& plan,
                    ErrorReport& report) {
  Check check(report);
  check.that(condition.dtype == DType::boolean || condition.dtype == DType::u8, "the condition must be bool")
      .dtype("out", out, other.dtype)
      .dtype("out", out, one.dtype)
      .that(broadcasts_to(condition, out) && broadcasts_to(one, out) && broadcasts_to(other, out),
            "the operands do not broadcast to out");
  if (!check.ok()) return check.code();
  std::int32_t strides[4][max_rank] = {};
  broadcast_strides(out, out, strides[0]);
  broadcast_strides(condition, out, strides[1]);
  broadcast_strides(one, out, strides[2]);
  broadcast_strides(other, out, strides[3]);
  plan.nest = make_nest(out.rank, out.sizes, strides);
  plan.condition = condition.as<std::uint8_t>();
  plan.one = one.data;
  plan.other = other.data;
  plan.out = out.data;
  plan.element_bytes = static_cast<std::uint8_t>(size_bytes(out.dtype));
  return check.code();
}

ErrorCode plan_where(const WhereArgs& args, Plan& plan, ErrorReport& report) {
  return make_plan(args.condition, args.self, args.other, args.out, plan, report);
}

ErrorCode plan_masked_fill(const MaskedFillArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).that(has_type(args.self.dtype), "no numbers of this element type");
  Tensor value;
  value.dtype = args.self.dtype;
  value.data = &plan.value;
  store_number(value.dtype, value.data, 0, number_of(args.value));
  return make_plan(args.mask, value, args.self, args.out, plan, report);
}

template <class T>
void select(const Plan& plan) {
  const Nest<4>& nest = plan.nest;
  const std::int32_t count = nest.row_size();
  for_each_row(nest, [&](const std::int32_t* offset) {
    T* out = static_cast<T*>(plan.out) + offset[0];
    const std::uint8_t* condition = plan.condition + offset[1];
    const T* one = static_cast<const T*>(plan.one) + offset[2];
    const T* other = static_cast<const T*>(plan.other) + offset[3];
    for (std::int32_t i = 0; i < count; ++i) {
      *out = *condition != 0 ? *one : *other;
      out += nest.row_stride(0);
      condition += nest.row_stride(1);
      one += nest.row_stride(2);
      other += nest.row_stride(3);
    }
  });
}

void run_plan(const Plan& plan) {
  switch (plan.element_bytes) {
    case 1: return select<std::uint8_t>(plan);
    case 2: return select<std::uint16_t>(plan);
    case 4: return select<std::uint32_t>(plan);
    default: return select<std::uint64_t>(plan);
  }
}

}  // namespace

extern const Kernel aten__where_self_out, aten__masked_fill_Scalar_out;
const Kernel aten__where_self_out = kernel_row<WhereArgs, Plan, plan_where, run_plan>();
const Kernel aten__masked_fill_Scalar_out = kernel_row<MaskedFillArgs, Plan, plan_masked_fill, run_plan>();

}  // namespace cortado::ops
