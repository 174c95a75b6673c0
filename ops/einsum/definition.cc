// Sums of products by an equation of labels: two operands at a time are one batched matrix product.
#include <map>
#include <string>

#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

struct Equation {
  std::vector<std::string> operands;
  std::string result;
};

// "bi, ij -> bj"; without an arrow the result has, in alphabetical order, the labels that occur once.
Result<Equation> parse(const std::string& text) {
  Equation equation;
  equation.operands.emplace_back();
  bool has_arrow = false;
  std::map<char, int> count;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') continue;
    if (c == '.') return input_error("equation '" + text + "' has an ellipsis", "name its dimensions");
    if (c == ',' && !has_arrow) {
      equation.operands.emplace_back();
    } else if (c == '-' && !has_arrow && i + 1 < text.size() && text[i + 1] == '>') {
      has_arrow = true;
      ++i;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      std::string& labels = has_arrow ? equation.result : equation.operands.back();
      if (labels.find(c) != std::string::npos)
        return input_error("equation '" + text + "' repeats a label in one term", "take the diagonal before it");
      labels += c;
      if (!has_arrow) ++count[c];
    } else {
      return input_error("equation '" + text + "' is not one of labels");
    }
  }
  if (!has_arrow)
    for (const auto& [label, times] : count)
      if (times == 1) equation.result += label;
  for (char c : equation.result)
    if (count[c] == 0) return input_error("equation '" + text + "' has a label that no operand has");
  return equation;
}

// A tensor and the label of each of its dimensions.
struct Term {
  ir::Value* value = nullptr;
  std::string labels;

  std::int64_t size(char label) const { return value->type.shape[labels.find(label)]; }
  bool has(char label) const { return labels.find(label) != std::string::npos; }
};

// The term summed over the labels that are not `needed`.
Status sum_away(Rewriter& rewriter, Term& term, const std::string& needed) {
  std::vector<std::int64_t> dims;
  std::string kept;
  for (std::size_t i = 0; i < term.labels.size(); ++i) {
    if (needed.find(term.labels[i]) == std::string::npos)
      dims.push_back(static_cast<std::int64_t>(i));
    else
      kept += term.labels[i];
  }
  if (dims.empty()) return {};
  CORTADO_TRY(term.value, rewriter.add("aten::sum.dim_IntList", {{"self", term.value}, {"dim", dims}}));
  term.labels = kept;
  return {};
}

// The term with its dimensions in the order of `labels`.
Status arrange(Rewriter& rewriter, Term& term, const std::string& labels) {
  if (term.labels == labels) return {};
  std::vector<std::int64_t> dims;
  for (char label : labels) dims.push_back(static_cast<std::int64_t>(term.labels.find(label)));
  CORTADO_TRY(term.value, rewriter.permute(term.value, dims));
  term.labels = labels;
  return {};
}

std::int64_t elements(const Term& term, const std::string& labels) {
  std::int64_t count = 1;
  for (char label : labels) count *= term.size(label);
  return count;
}

// a · b summed over the labels that both have and nobody needs: [batch, rows, sum] × [batch, sum, columns].
Result<Term> multiply(Rewriter& rewriter, Term a, Term b, const std::string& needed) {
  std::string batch, rows, sum, columns;
  for (char label : a.labels) (!b.has(label) ? rows : needed.find(label) != std::string::npos ? batch : sum) += label;
  for (char label : b.labels)
    if (!a.has(label)) columns += label;
  for (char label : batch + sum)
    if (a.size(label) != b.size(label)) return input_error(std::string("the sizes of label '") + label + "' differ");
  Term result{nullptr, batch + rows + columns};
  ir::Shape shape;
  for (char label : result.labels) shape.push_back(a.has(label) ? a.size(label) : b.size(label));
  CORTADO_CHECK(arrange(rewriter, a, batch + rows + sum));
  CORTADO_CHECK(arrange(rewriter, b, batch + sum + columns));
  const std::int64_t common = elements(a, sum);
  ir::Shape left = {elements(a, rows), common};
  ir::Shape right = {common, elements(b, columns)};
  if (!batch.empty()) {
    left.insert(left.begin(), elements(a, batch));
    right.insert(right.begin(), elements(a, batch));
  }
  CORTADO_TRY(ir::Value* x, rewriter.view(a.value, left));
  CORTADO_TRY(ir::Value* y, rewriter.view(b.value, right));
  CORTADO_TRY(ir::Value* product, rewriter.add("aten::matmul.default", {{"self", x}, {"other", y}}));
  CORTADO_TRY(result.value, rewriter.view(product, shape));
  return result;
}

Status rewrite(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const Equation equation, parse(operands.text("equation")));
  const ir::ValueList tensors = operands.values("tensors");
  if (tensors.size() != equation.operands.size()) return input_error("the equation has another number of operands");
  std::vector<Term> terms;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (tensors[i]->type.shape.size() != equation.operands[i].size())
      return input_error("operand " + std::to_string(i) + " does not have the rank of its term");
    terms.push_back({tensors[i], equation.operands[i]});
  }
  const auto needed_after = [&](std::size_t i) {
    std::string labels = equation.result;
    for (std::size_t j = i + 1; j < terms.size(); ++j) labels += equation.operands[j];
    return labels;
  };
  Term result = terms[0];
  CORTADO_CHECK(sum_away(rewriter, result, needed_after(0)));
  for (std::size_t i = 1; i < terms.size(); ++i) {
    CORTADO_CHECK(sum_away(rewriter, terms[i], needed_after(i) + result.labels));
    CORTADO_TRY(result, multiply(rewriter, result, terms[i], needed_after(i)));
  }
  CORTADO_CHECK(sum_away(rewriter, result, equation.result));
  CORTADO_CHECK(arrange(rewriter, result, equation.result));
  return rewriter.finish({result.value});
}

}  // namespace

void add_einsum(Registry& registry) {
  registry.add(composition("aten::einsum.default", "str equation, Tensor[] tensors, *, int[]? path=None",
                           "sums of products by the equation's labels", rewrite));
}

}  // namespace cortado::ops
