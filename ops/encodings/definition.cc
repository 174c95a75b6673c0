// Numbers as other numbers: one-hot vectors, steps, and the complement of bits.
#include "ops/host/formula.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// y[…, c] = (x = c)
Status rewrite_one_hot(const Operands& operands, Rewriter& rewriter) {
  const std::int64_t classes = operands.integer("num_classes");
  if (classes < 1 || classes > 65536)
    return input_error("the number of classes depends on the data", "give one_hot its num_classes");
  ir::Tensor numbers(DType::i64, {classes});
  for (std::int64_t i = 0; i < classes; ++i) numbers.mutable_data<std::int64_t>()[i] = i;
  ir::Value* all = rewriter.constant("classes", std::move(numbers));
  Formula f(rewriter);
  ir::Value* equal = f("eq.Tensor", f("unsqueeze.default", operands.value("self"), {std::int64_t{-1}}), {all});
  return f.finish(f("to.dtype", equal, {DType::i64}));
}

// x < 0 → 0, x = 0 → values, x > 0 → 1
Status rewrite_heaviside(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  Formula f(rewriter);
  ir::Value* is_zero = f("eq.Scalar", x, {0.0});
  ir::Value* step = f.where(f("gt.Scalar", x, {0.0}), f.number(1), f.number(0));
  return f.finish(f.where(is_zero, operands.value("values"), step));
}

// −1 − x, of booleans their negation
Status rewrite_not(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  Formula f(rewriter);
  if (x->type.dtype == DType::boolean) return f.finish(f("logical_not.default", x));
  return f.finish(f("rsub.Scalar", x, {std::int64_t{-1}}));
}

}  // namespace

void add_encodings(Registry& r) {
  r.add(composition("aten::one_hot.default", "Tensor self, int num_classes=-1", "y[…, c] = (x = c)", rewrite_one_hot));
  r.add(composition("aten::heaviside.default", "Tensor self, Tensor values", "y = 0, values or 1 as the sign of x",
                    rewrite_heaviside));
  r.add(composition("aten::bitwise_not.default", "Tensor self", "y = ~x", rewrite_not));
}

}  // namespace cortado::ops
