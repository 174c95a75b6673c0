#include "ops/checks.h"
#include "ops/float_products/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

// Strides in elements; those of a vector's missing dimensions are 0.
struct Matrix {
  std::int32_t batch = 0, row = 0, column = 0;
};

struct Plan {
  const float *a, *b, *addend;  // addend: null for none
  float* out;
  std::int32_t batch, rows, inner, columns;
  Matrix a_strides, b_strides, addend_strides, out_strides;
  float alpha = 1, beta = 1;
};

void run_plan(const Plan& plan) {
  const std::int32_t a_step = plan.a_strides.column, b_step = plan.b_strides.row;
  for (std::int32_t n = 0; n < plan.batch; ++n)
    for (std::int32_t i = 0; i < plan.rows; ++i)
      for (std::int32_t j = 0; j < plan.columns; ++j) {
        const float* a = plan.a + n * plan.a_strides.batch + i * plan.a_strides.row;
        const float* b = plan.b + n * plan.b_strides.batch + j * plan.b_strides.column;
        float sum = 0;
        for (std::int32_t k = 0; k < plan.inner; ++k) sum += a[k * a_step] * b[k * b_step];
        sum *= plan.alpha;
        if (plan.addend != nullptr)
          sum += plan.beta * plan.addend[i * plan.addend_strides.row + j * plan.addend_strides.column];
        plan.out[n * plan.out_strides.batch + i * plan.out_strides.row + j * plan.out_strides.column] = sum;
      }
}

// Of a tensor of rank 2 or 3.
Matrix strides_of_matrix(const Tensor& tensor) {
  std::int32_t strides[max_rank] = {};
  strides_of(tensor, strides);
  const std::size_t row = tensor.rank - 2u;
  return {row == 0 ? 0 : strides[0], strides[row], strides[row + 1]};
}

CORTADO_RARELY_RUN ErrorCode plan_product(const Tensor& a, const Tensor& b, const Tensor& out, std::uint8_t rank,
                                          Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", a, DType::f32).dtype("mat2", b, DType::f32).dtype("out", out, DType::f32);
  check.rank("self", a, rank).rank("mat2", b, rank).rank("out", out, rank);
  if (!check.ok()) return check.code();
  const std::size_t row = rank - 2u, column = rank - 1u;
  if (rank == 3) check.equal("mat2", "'s batch", b.size(0), a.size(0)).equal("out", "'s batch", out.size(0), a.size(0));
  check.equal("mat2", "'s rows", b.size(row), a.size(column))
      .equal("out", "'s rows", out.size(row), a.size(row))
      .equal("out", "'s columns", out.size(column), b.size(column));
  plan.a = a.as<float>();
  plan.b = b.as<float>();
  plan.addend = nullptr;
  plan.out = out.as<float>();
  plan.batch = rank == 3 ? a.size(0) : 1;
  plan.rows = a.size(row);
  plan.inner = a.size(column);
  plan.columns = b.size(column);
  plan.a_strides = strides_of_matrix(a);
  plan.b_strides = strides_of_matrix(b);
  plan.out_strides = strides_of_matrix(out);
  return check.code();
}

template <class Kind>
ErrorCode plan_plain(const ProductArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  return plan_product(args.self, args.mat2, args.out, Kind::rank, plan, report);
}

ErrorCode plan_addmm(const AddmmArgs& args, Plan& plan, ErrorReport& report) {
  if (plan_product(args.mat1, args.mat2, args.out, 2, plan, report) != ErrorCode::ok) return report.code();
  Check(report)
      .dtype("self", args.self, DType::f32)
      .that(broadcasts_to(args.self, args.out), "self must broadcast to out");
  if (report.code() != ErrorCode::ok) return report.code();
  plan.alpha = static_cast<float>(args.alpha.as_double());
  plan.beta = static_cast<float>(args.beta.as_double());
  std::int32_t strides[max_rank] = {};
  broadcast_strides(args.self, args.out, strides);
  plan.addend = plan.beta == 0 ? nullptr : args.self.as<float>();
  plan.addend_strides = {0, strides[0], strides[1]};
  return report.code();
}

CORTADO_RARELY_RUN ErrorCode plan_linear(const LinearArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("input", args.input, DType::f32)
      .dtype("weight", args.weight, DType::f32)
      .dtype("out", args.out, DType::f32)
      .contiguous("input", args.input)
      .contiguous("out", args.out)
      .range("input rank", args.input.rank, 1, max_rank)
      .rank("weight", args.weight, 2)
      .rank("out", args.out, args.input.rank);
  if (!check.ok()) return check.code();
  const std::size_t last = args.input.rank - 1u;
  for (std::size_t i = 0; i < last; ++i) check.equal("out", "'s size", args.out.size(i), args.input.size(i));
  const std::int32_t in = args.weight.size(1), out = args.weight.size(0);
  check.equal("input", "'s last size", args.input.size(last), in)
      .equal("out", "'s last size", args.out.size(last), out);
  if (args.bias.present)
    check.dtype("bias", args.bias, DType::f32)
        .rank("bias", args.bias, 1)
        .equal("bias", "'s length", static_cast<std::int64_t>(args.bias.elements()), out);
  if (!check.ok()) return check.code();
  plan.a = args.input.as<float>();
  plan.b = args.weight.as<float>();
  plan.addend = args.bias.present ? args.bias.as<float>() : nullptr;
  plan.out = args.out.as<float>();
  plan.batch = 1;
  plan.rows = 1;
  for (std::size_t i = 0; i < last; ++i) plan.rows *= args.input.size(i);
  plan.inner = in;
  plan.columns = out;
  const Matrix weight = strides_of_matrix(args.weight);
  plan.a_strides = {0, in, 1};
  plan.b_strides = {0, weight.column, weight.row};
  plan.addend_strides = {0, 0, 1};
  plan.out_strides = {0, out, 1};
  return check.code();
}

}  // namespace

extern const Kernel aten__linear_out, aten__mm_out, aten__bmm_out, aten__addmm_out;
const Kernel aten__linear_out = kernel_row<LinearArgs, Plan, plan_linear, run_plan>();
const Kernel aten__mm_out = kernel_row<ProductArgs<Mm>, Plan, plan_plain<Mm>, run_plan>();
const Kernel aten__bmm_out = kernel_row<ProductArgs<Bmm>, Plan, plan_plain<Bmm>, run_plan>();
const Kernel aten__addmm_out = kernel_row<AddmmArgs, Plan, plan_addmm, run_plan>();

}  // namespace cortado::ops
