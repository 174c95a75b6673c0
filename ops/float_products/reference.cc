// References and random cases of products in float: the equation, element by element.
#include "ops/case_row.h"
#include "ops/float_products/contract.h"
#include "ops/index_map.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

float at(const Tensor& tensor, const Index& index) { return tensor.as<float>()[offset_of(tensor, index)]; }

// Σ_k of the products of a[…, row, k] and b[…, k, column], or b[column, k] for a linear layer's weight.
float sum(const Tensor& a, const Tensor& b, const Index& out, bool b_is_transposed = false) {
  Index left = out, right = out;
  std::int32_t& left_k = left.at[a.rank - 1];
  if (b_is_transposed) right.at[0] = out.at[a.rank - 1];
  std::int32_t& right_k = right.at[b_is_transposed ? 1 : b.rank - 2];
  float total = 0;
  for (std::int32_t k = 0; k < a.size(a.rank - 1); ++k) {
    left_k = right_k = k;
    total += at(a, left) * at(b, right);
  }
  return total;
}

void linear_reference(const LinearArgs& args) {
  for_each_logical_index(args.out, [&](const Index& index) {
    const float bias = args.bias.present ? args.bias.as<float>()[index.at[args.out.rank - 1]] : 0.0f;
    const float total = sum(args.input, args.weight, index, true);
    args.out.as<float>()[offset_of(args.out, index)] = args.bias.present ? total + bias : total;
  });
}

template <class Kind>
void product_reference(const ProductArgs<Kind>& args) {
  for_each_logical_index(args.out, [&](const Index& index) {
    args.out.template as<float>()[offset_of(args.out, index)] = sum(args.self, args.mat2, index);
  });
}

void addmm_reference(const AddmmArgs& args) {
  const auto alpha = static_cast<float>(args.alpha.as_double()), beta = static_cast<float>(args.beta.as_double());
  std::int32_t strides[max_rank] = {};
  broadcast_strides(args.self, args.out, strides);
  for_each_logical_index(args.out, [&](const Index& index) {
    float total = sum(args.mat1, args.mat2, index) * alpha;
    if (beta != 0) total += beta * args.self.as<float>()[index.at[0] * strides[0] + index.at[1] * strides[1]];
    args.out.as<float>()[offset_of(args.out, index)] = total;
  });
}

bool linear_case(CaseBuilder& builder, LinearArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 4);
  std::int32_t in[max_rank] = {}, out[max_rank] = {};
  random_sizes(random, rank, in);
  for (std::size_t i = 0; i < rank; ++i) out[i] = in[i];
  out[rank - 1] = random.between(1, 9);
  const std::int32_t weight[] = {out[rank - 1], in[rank - 1]};
  args.input = builder.tensor(DType::f32, in, rank);
  args.weight = ordered_tensor(builder, DType::f32, weight, 2);
  args.bias.present = random.chance(2);
  static_cast<Tensor&>(args.bias) = builder.tensor(DType::f32, weight, 1);
  args.out = builder.output(DType::f32, out, rank);
  return builder.fits();
}

bool make_matrices(CaseBuilder& builder, std::size_t rank, Tensor& a, Tensor& b, Tensor& out) {
  Random& random = builder.random;
  std::int32_t sizes[4];  // batch, rows, inner, columns
  for (std::int32_t& size : sizes) size = random.between(random.chance(30) ? 0 : 1, 9);
  const std::int32_t left[] = {sizes[0], sizes[1], sizes[2]}, right[] = {sizes[0], sizes[2], sizes[3]},
                     result[] = {sizes[0], sizes[1], sizes[3]};
  a = ordered_tensor(builder, DType::f32, left + 3 - rank, rank);
  b = ordered_tensor(builder, DType::f32, right + 3 - rank, rank);
  out = ordered_tensor(builder, DType::f32, result + 3 - rank, rank, true);
  return builder.fits();
}

template <class Kind>
bool product_case(CaseBuilder& builder, ProductArgs<Kind>& args) {
  return make_matrices(builder, Kind::rank, args.self, args.mat2, args.out);
}

bool addmm_case(CaseBuilder& builder, AddmmArgs& args) {
  Random& random = builder.random;
  if (!make_matrices(builder, 2, args.mat1, args.mat2, args.out)) return false;
  std::int32_t sizes[] = {args.out.size(0), args.out.size(1)};
  if (random.chance(3)) sizes[random.between(0, 1)] = 1;
  const std::size_t rank = random_rank(random, 0, 2);
  args.self = ordered_tensor(builder, DType::f32, sizes + 2 - rank, rank);
  args.alpha.number = random.chance(2) ? 1 : random.between(-8, 8) * 0.25;
  args.beta.number = random.chance(2) ? 1 : random.between(-8, 8) * 0.25;
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__linear_out_cases, aten__mm_out_cases, aten__bmm_out_cases, aten__addmm_out_cases;
const CaseRow aten__linear_out_cases = case_row<LinearArgs, linear_reference, linear_case>();
const CaseRow aten__mm_out_cases = case_row<ProductArgs<Mm>, product_reference<Mm>, product_case<Mm>>();
const CaseRow aten__bmm_out_cases = case_row<ProductArgs<Bmm>, product_reference<Bmm>, product_case<Bmm>>();
const CaseRow aten__addmm_out_cases = case_row<AddmmArgs, addmm_reference, addmm_case>();

}  // namespace cortado::ops
