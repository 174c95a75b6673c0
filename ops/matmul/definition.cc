// Matrix products of two values.
#include <algorithm>

#include "ops/batch_matmul/lower.h"
#include "ops/host/broadcast.h"
#include "ops/host/build.h"
#include "ops/host/onednn.h"
#include "ops/matmul/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The product of [batch…, rows, inner] and [batch…, inner, columns], with batches that broadcast.
struct Product {
  ir::Shape a_batch, b_batch, batch;
  std::int64_t rows = 1, inner = 1, columns = 1;
  ir::Shape result;
};

// Vectors count as a row on the left and as a column on the right; that dimension is dropped from the result.
Result<Product> product(ir::Shape a, ir::Shape b) {
  if (a.empty() || b.empty()) return input_error("a tensor of rank 0 is no matrix");
  const bool a_is_vector = a.size() == 1;
  const bool b_is_vector = b.size() == 1;
  if (a_is_vector) a.insert(a.begin(), 1);
  if (b_is_vector) b.push_back(1);
  Product p;
  p.rows = a[a.size() - 2];
  p.inner = a.back();
  p.columns = b.back();
  if (p.inner != b[b.size() - 2])
    return input_error("the inner dimensions differ: " + std::to_string(p.inner) + " and " +
                       std::to_string(b[b.size() - 2]));
  p.a_batch.assign(a.begin(), a.end() - 2);
  p.b_batch.assign(b.begin(), b.end() - 2);
  CORTADO_TRY(p.batch, broadcast_shapes(p.a_batch, p.b_batch));
  p.result = p.batch;
  if (!a_is_vector) p.result.push_back(p.rows);
  if (!b_is_vector) p.result.push_back(p.columns);
  return p;
}

// In f32, whatever the operands' type.
ir::Tensor multiply(const Product& p, const ir::Tensor& a, const ir::Tensor& b) {
  ir::Tensor result(DType::f32, p.result);
  float* to = result.mutable_data<float>();
  const BroadcastLoop<2> loop(p.batch, {p.a_batch, p.b_batch});
  loop.run([&](std::int64_t at, const auto& offsets, std::int64_t count, const auto& strides) {
    for (std::int64_t i = 0; i < count; ++i)
      multiply_matrices(p.rows, p.columns, p.inner, a.data<float>() + (offsets[0] + i * strides[0]) * p.rows * p.inner,
                        b.data<float>() + (offsets[1] + i * strides[1]) * p.inner * p.columns, false,
                        to + (at + i) * p.rows * p.columns);
  });
  return result;
}

// The names of the two factors.
struct Factors {
  std::string_view a, b;
};
Factors factors(const Operands& operands) {
  const auto& parameters = operands.schema();
  const bool has_addend = parameters.size() > 2 && parameters[2].kind == ParameterKind::tensor;
  return {parameters[has_addend ? 1 : 0].name, parameters[has_addend ? 2 : 1].name};
}

template <std::size_t a_rank, std::size_t b_rank>  // 0: any
Result<Product> checked_product(const Operands& operands) {
  const ir::Shape& a = operands.shape(factors(operands).a);
  const ir::Shape& b = operands.shape(factors(operands).b);
  if (a_rank != 0 && (a.size() != a_rank || b.size() != b_rank))
    return input_error("the operands must be of rank " + std::to_string(a_rank) + " and " + std::to_string(b_rank));
  if (a_rank == 3 && a[0] != b[0]) return input_error("the batches differ");
  return product(a, b);
}

template <std::size_t a_rank, std::size_t b_rank>
Types infer(const Operands& operands) {
  CORTADO_TRY(Product p, checked_product<a_rank, b_rank>(operands));
  return one(result_dtype(operands, {factors(operands).a, factors(operands).b}), std::move(p.result));
}

template <std::size_t a_rank, std::size_t b_rank>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Product p, checked_product<a_rank, b_rank>(operands));
  const auto [a, b] = factors(operands);
  const DType dtype = result_dtype(operands, {a, b});
  return one(
      cast(multiply(p, operand(operands, environment, a, DType::f32), operand(operands, environment, b, DType::f32)),
           dtype));
}

template <std::size_t a_rank, std::size_t b_rank>
Definition plain_product(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y[…, i, j] = Σ_k a[…, i, k] · b[…, k, j]",
          .infer = infer<a_rank, b_rank>,
          .evaluate = evaluate<a_rank, b_rank>,
          .quantization = observed(),
          .float_kernel = kernel};
}

// y = beta · self + alpha · (a · b); a beta of 0 ignores self, NaN and all.
template <std::size_t a_rank, std::size_t b_rank>
Types infer_sum(const Operands& operands) {
  CORTADO_TRY(Product p, checked_product<a_rank, b_rank>(operands));
  CORTADO_TRY(const ir::Shape shape, broadcast_shapes(operands.shape("self"), p.result));
  if (shape != p.result) return input_error("the addend does not stretch to the product's shape");
  return one(operands.real_dtype("self"), std::move(p.result));
}

template <std::size_t a_rank, std::size_t b_rank>
Tensors evaluate_sum(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Product p, checked_product<a_rank, b_rank>(operands));
  const auto [a, b] = factors(operands);
  const ir::Tensor factor =
      multiply(p, operand(operands, environment, a, DType::f32), operand(operands, environment, b, DType::f32));
  const auto beta = static_cast<float>(operands.number("beta"));
  const auto alpha = static_cast<float>(operands.number("alpha"));
  const auto f = [=](float x, float y) { return beta == 0 ? alpha * y : beta * x + alpha * y; };
  const ir::Tensor y =
      map<float, float>(DType::f32, p.result, f, operand(operands, environment, "self", DType::f32), factor);
  return one(cast(y, operands.real_dtype("self")));
}

template <std::size_t a_rank, std::size_t b_rank>
Definition sum_with_product(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y = beta · x + alpha · (a · b)",
          .infer = infer_sum<a_rank, b_rank>,
          .evaluate = evaluate_sum<a_rank, b_rank>,
          .quantization = observed(),
          .float_kernel = kernel};
}

}  // namespace

void add_matmul(Registry& r) {
  // clang-format off: one line, one operator
  r.add(plain_product<2, 2>("aten::mm.default", "Tensor self, Tensor mat2", "aten::mm.out"));
  r.add(on_integers(plain_product<3, 3>("aten::bmm.default", "Tensor self, Tensor mat2", "aten::bmm.out"), batch_matmul::lower, LayoutRule::contiguous));
  r.add(plain_product<0, 0>("aten::matmul.default", "Tensor self, Tensor other", ""));
  r.add(plain_product<2, 1>("aten::mv.default", "Tensor self, Tensor vec", ""));
  r.add(plain_product<1, 1>("aten::dot.default", "Tensor self, Tensor tensor", ""));
  r.add(plain_product<1, 1>("aten::vdot.default", "Tensor self, Tensor other", ""));
  r.add(sum_with_product<2, 2>("aten::addmm.default", "Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1", "aten::addmm.out"));
  r.add(sum_with_product<3, 3>("aten::baddbmm.default", "Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1", ""));
  r.add(sum_with_product<2, 1>("aten::addmv.default", "Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1", ""));
  // clang-format on
  matmul::set_rewrites(r);
}

}  // namespace cortado::ops
