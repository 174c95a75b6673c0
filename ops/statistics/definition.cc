// Two statistics of a tensor at once, and counts.
#include "ops/host/formula.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The spread by `op` and the mean; the spread takes all arguments, the mean dim and keepdim.
template <const std::string_view& op>
Status rewrite_spread(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* spread, rewriter.add(std::string(op), operands.node().arguments));
  std::vector<ir::NamedArgument> arguments = {{"self", operands.value("self")}, {"dim", operands.argument("dim")}};
  if (operands.has("keepdim")) arguments.push_back({"keepdim", operands.flag("keepdim")});
  CORTADO_TRY(ir::Value* mean, rewriter.add("aten::mean.dim", std::move(arguments)));
  return rewriter.finish({spread, mean});
}

Status rewrite_aminmax(const Operands& operands, Rewriter& rewriter) {
  std::vector<std::int64_t> dims;
  if (operands.has("dim")) dims = {operands.integer("dim")};
  ir::ValueList results;
  for (const char* op : {"aten::amin.default", "aten::amax.default"}) {
    CORTADO_TRY(
        ir::Value* y,
        rewriter.add(op, {{"self", operands.value("self")}, {"dim", dims}, {"keepdim", operands.flag("keepdim")}}));
    results.push_back(y);
  }
  return rewriter.finish(results);
}

// Σ (x ≠ 0)
Status rewrite_count(const Operands& operands, Rewriter& rewriter) {
  Formula f(rewriter);
  ir::Value* counted = f("ne.Scalar", operands.value("self"), {std::int64_t{0}});
  if (!operands.has("dim")) return f.finish(f("sum.default", counted));
  return f.finish(f("sum.dim_IntList", counted, {operands.integers("dim")}));
}

constexpr std::string_view var_dim = "aten::var.dim";
constexpr std::string_view var_correction = "aten::var.correction";
constexpr std::string_view std_dim = "aten::std.dim";
constexpr std::string_view std_correction = "aten::std.correction";

}  // namespace

void add_statistics(Registry& r) {
  const std::string_view by_flag = "Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False";
  const std::string_view by_number = "Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False";
  const std::string_view variance = "the variance and the mean";
  const std::string_view deviation = "the standard deviation and the mean";
  r.add(composition<2>("aten::var_mean.dim", by_flag, variance, rewrite_spread<var_dim>));
  r.add(composition<2>("aten::var_mean.correction", by_number, variance, rewrite_spread<var_correction>));
  r.add(composition<2>("aten::std_mean.dim", by_flag, deviation, rewrite_spread<std_dim>));
  r.add(composition<2>("aten::std_mean.correction", by_number, deviation, rewrite_spread<std_correction>));
  r.add(composition<2>("aten::aminmax.default", "Tensor self, *, int? dim=None, bool keepdim=False", "min and max of x",
                       rewrite_aminmax));
  r.add(composition("aten::count_nonzero.default", "Tensor self, int? dim=None", "the number of x that are not 0",
                    rewrite_count));
  r.add(composition("aten::count_nonzero.dim_IntList", "Tensor self, int[] dim", "the number of x that are not 0",
                    rewrite_count));
}

}  // namespace cortado::ops
