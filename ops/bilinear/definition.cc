// Products of three tensors: bilinear layers.
#include "ops/host/formula.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// y[o] = Σ_i a[i] · (Σ_j weight[o, i, j] · b[j]) + bias[o]: a linear layer and a product with a column.
Status rewrite_bilinear(const Operands& operands, Rewriter& rewriter) {
  ir::Value* a = operands.value("input1");
  ir::Value* b = operands.value("input2");
  ir::Value* weight = operands.value("weight");
  const ir::Shape& w = weight->type.shape;
  if (w.size() != 3 || a->type.shape.empty() || b->type.shape.empty() || a->type.shape.back() != w[1] ||
      b->type.shape.back() != w[2])
    return input_error("the weight must be [outputs, features of input1, features of input2]");
  const ir::Shape leading(a->type.shape.begin(), a->type.shape.end() - 1);
  const auto with = [&](ir::Shape tail) {
    tail.insert(tail.begin(), leading.begin(), leading.end());
    return tail;
  };
  CORTADO_TRY(ir::Value* matrix, rewriter.view(weight, {w[0] * w[1], w[2]}));
  CORTADO_TRY(ir::Value* rows, rewriter.add("aten::linear.default", {{"input", b}, {"weight", matrix}}));
  CORTADO_TRY(rows, rewriter.view(rows, with({w[0], w[1]})));
  CORTADO_TRY(ir::Value* column, rewriter.view(a, with({w[1], 1})));
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::matmul.default", {{"self", rows}, {"other", column}}));
  CORTADO_TRY(y, rewriter.view(y, with({w[0]})));
  if (ir::Value* bias = operands.value("bias")) {
    CORTADO_TRY(y, rewriter.add("aten::add.Tensor", {{"self", y}, {"other", bias}}));
  }
  return rewriter.finish({y});
}

// Σ over sumdim of a · b · c, each with new dimensions where its list says.
Status rewrite_trilinear(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  const auto expanded = [&](std::string_view name, std::string_view dims) {
    ir::Value* x = operands.value(name);
    for (std::int64_t dim : operands.integers(dims)) x = f("unsqueeze.default", x, {dim});
    return x;
  };
  ir::Value* y = f.mul(expanded("i1", "expand1"), expanded("i2", "expand2"));
  y = f.mul(y, expanded("i3", "expand3"));
  const std::vector<std::int64_t> summed = operands.integers("sumdim");
  return f.finish(summed.empty() ? y : f("sum.dim_IntList", y, {summed}));
}

}  // namespace

void add_bilinear(Registry& r) {
  r.add(composition("aten::bilinear.default", "Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None",
                    "y[o] = Σ a[i] · weight[o, i, j] · b[j] + bias[o]", rewrite_bilinear));
  r.add(composition(
      "aten::_trilinear.default",
      "Tensor i1, Tensor i2, Tensor i3, int[] expand1, int[] expand2, int[] expand3, int[] sumdim, int unroll_dim=1",
      "sums of products of three tensors", rewrite_trilinear));
}

}  // namespace cortado::ops
