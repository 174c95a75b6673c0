// Numbers beside tensors become constants: x + 3 and x · 0.5 take the same way as x + y. The Scalar overloads of an
// operator become its Tensor overload.
#include <unordered_map>

#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

const std::unordered_map<std::string_view, std::string_view> tensor_overloads = {
    {"aten::add.Scalar", "aten::add.Tensor"}, {"aten::sub.Scalar", "aten::sub.Tensor"},
    {"aten::rsub.Scalar", "aten::rsub.Tensor"}, {"aten::mul.Scalar", "aten::mul.Tensor"},
    {"aten::div.Scalar", "aten::div.Tensor"}, {"aten::add.Tensor", "aten::add.Tensor"},
    {"aten::sub.Tensor", "aten::sub.Tensor"}, {"aten::mul.Tensor", "aten::mul.Tensor"},
    {"aten::div.Tensor", "aten::div.Tensor"},
};

bool is_number(const ir::Argument& argument) {
  return std::holds_alternative<double>(argument) || std::holds_alternative<std::int64_t>(argument);
}

}  // namespace

Status spell_out_numbers(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    const auto found = tensor_overloads.find(node->op);
    if (found == tensor_overloads.end() || node->outputs[0]->type.dtype != DType::f32) continue;
    const ops::Operands operands = operands_of(*node);
    if (!is_number(operands.argument("other")) || operands.value("self") == nullptr) continue;
    Rewriter rewrite(graph, *node);
    ir::Value* number = rewrite.constant("number", ir::Tensor::of<float>(DType::f32, {1}, {static_cast<float>(operands.number("other"))}));
    std::vector<ir::NamedArgument> arguments = {{"self", operands.value("self")}, {"other", number}};
    if (operands.has("alpha")) arguments.push_back({"alpha", operands.argument("alpha")});
    CORTADO_TRY(ir::Value * y, rewrite.add(std::string(found->second), std::move(arguments)));
    CORTADO_TRY(y, rewrite.view(y, node->outputs[0]->type.shape));
    rewrite.replace_and_erase(*y);
  }
  return {};
}

}  // namespace cortado::compiler
