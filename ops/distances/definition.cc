// Distances and similarities of vectors, in sums of products.
#include "ops/host/formula.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

using Dims = std::vector<std::int64_t>;
using V = ir::Value*;

ir::Value* sum(Formula& f, ir::Value* x, std::int64_t dim) { return f("sum.dim_IntList", x, {Dims{dim}}); }

ir::Value* norm(Formula& f, ir::Value* x, double order, std::int64_t dim, bool keeps_dim) {
  return f("linalg_vector_norm.default", x, {order, Dims{dim}, keeps_dim});
}

// Σ a·b / (max(‖a‖, eps) · max(‖b‖, eps))
Status rewrite_cosine(const Operands& operands, Rewriter& rewriter) {
  const std::int64_t dim = operands.integer("dim");
  const double eps = operands.number("eps");
  ir::Value* a = operands.value("x1");
  ir::Value* b = operands.value("x2");
  Formula f(rewriter);
  ir::Value* length_a = f("clamp_min.default", norm(f, a, 2, dim, false), {eps});
  ir::Value* length_b = f("clamp_min.default", norm(f, b, 2, dim, false), {eps});
  return f.finish(f.div(sum(f, f.mul(a, b), dim), f.mul(length_a, length_b)));
}

// ‖a − b + eps‖
Status rewrite_pairwise(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  ir::Value* difference = f.sub(operands.value("x1"), operands.value("x2"));
  difference = f.add(difference, operands.number("eps"));
  return f.finish(norm(f, difference, operands.number("p"), -1, operands.flag("keepdim")));
}

// y[…, i, j] = ‖a[…, i] − b[…, j]‖
Status rewrite_cdist(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  ir::Value* a = f("unsqueeze.default", operands.value("x1"), {std::int64_t{-2}});
  ir::Value* b = f("unsqueeze.default", operands.value("x2"), {std::int64_t{-3}});
  return f.finish(norm(f, f.sub(a, b), operands.number("p"), -1, false));
}

// --- losses, which tell how unusual an input is: each difference on its own, or all of them together
V difference(Formula& f, const Operands& operands) { return f.sub(operands.value("self"), operands.value("target")); }

Status finish_loss(Formula& f, V each, const Operands& operands) {
  const std::int64_t reduction = operands.integer("reduction");
  return f.finish(reduction == 0 ? each : f(reduction == 1 ? "mean.default" : "sum.default", each));
}

Status rewrite_mse(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  V d = difference(f, operands);
  return finish_loss(f, f.mul(d, d), operands);
}

Status rewrite_l1(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  return finish_loss(f, f("abs.default", difference(f, operands)), operands);
}

// With c = min(|d|, width): c · (|d| − c / 2), which is d² / 2 inside and width · (|d| − width / 2) outside.
V huber(Formula& f, const Operands& operands, double width) {
  V size = f("abs.default", difference(f, operands));
  V inner = f("clamp.default", size, {ir::None{}, width});
  return f.mul(inner, f.sub(size, f.mul(inner, 0.5)));
}

Status rewrite_huber(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  return finish_loss(f, huber(f, operands, operands.number("delta")), operands);
}

Status rewrite_smooth_l1(const Operands& operands, Rewriter& rewriter) {
  const double beta = operands.number("beta");
  if (beta == 0) return rewrite_l1(operands, rewriter);
  Formula f(rewriter);
  return finish_loss(f, f.mul(huber(f, operands, beta), 1 / beta), operands);
}

}  // namespace

void add_distances(Registry& r) {
  r.add(composition("aten::cosine_similarity.default", "Tensor x1, Tensor x2, int dim=1, float eps=1e-08",
                    "y = Σ a · b / (‖a‖ · ‖b‖)", rewrite_cosine));
  r.add(composition("aten::pairwise_distance.default",
                    "Tensor x1, Tensor x2, float p=2., float eps=1e-06, bool keepdim=False", "y = ‖a − b + eps‖",
                    rewrite_pairwise));
  r.add(composition("aten::cdist.default", "Tensor x1, Tensor x2, float p=2., int? compute_mode=None",
                    "y[i, j] = ‖a[i] − b[j]‖", rewrite_cdist));
  r.add(composition("aten::_cdist_forward.default", "Tensor x1, Tensor x2, float p, int? compute_mode",
                    "y[i, j] = ‖a[i] − b[j]‖", rewrite_cdist));
  r.add(composition("aten::mse_loss.default", "Tensor self, Tensor target, int reduction=1",
                    "y = (a − b)², their mean or sum", rewrite_mse));
  r.add(composition("aten::l1_loss.default", "Tensor self, Tensor target, int reduction=1",
                    "y = |a − b|, their mean or sum", rewrite_l1));
  r.add(composition("aten::huber_loss.default", "Tensor self, Tensor target, int reduction=1, float delta=1.",
                    "y = d² / 2 for d = |a − b| < delta, else delta · (d − delta / 2), their mean or sum",
                    rewrite_huber));
  r.add(composition("aten::smooth_l1_loss.default", "Tensor self, Tensor target, int reduction=1, float beta=1.",
                    "y = d² / 2 beta for d = |a − b| < beta, else d − beta / 2, their mean or sum", rewrite_smooth_l1));
}

}  // namespace cortado::ops
