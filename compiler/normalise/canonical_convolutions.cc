// Every convolution becomes conv2d.default or conv_transpose2d.input with all numbers spelled out (3 spatial dimensions
// stay as they are): "convolution" says which one by a flag, 'same' and 'valid' say numbers, and a convolution along
// one dimension is one along the width of an image one pixel high.
#include <algorithm>

#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

using Integers = std::vector<std::int64_t>;

struct Numbers {
  Integers stride, padding, dilation, output_padding;
  std::int64_t groups = 1;
  bool transposed = false;
};

bool is_convolution(std::string_view op) {
  return op == "aten::convolution.default" || op == "aten::conv1d.default" || op == "aten::conv2d.default" ||
         op == "aten::conv1d.padding" || op == "aten::conv2d.padding" || op == "aten::conv_transpose1d.default" ||
         op == "aten::conv_transpose2d.input";
}

// 'same' padding: dilation · (kernel − 1) in all. Odd totals put the larger part behind, which needs a border of its own.
bool split_same_padding(const ops::Operands& operands, Numbers& numbers, Integers& behind) {
  const ir::Shape& weight = operands.type("weight").shape;
  for (std::size_t i = 0; i < numbers.dilation.size(); ++i) {
    const std::int64_t total = numbers.dilation[i] * (weight[i + 2] - 1);
    numbers.padding[i] = total / 2;
    behind[i] = total % 2;
  }
  return std::any_of(behind.begin(), behind.end(), [](std::int64_t extra) { return extra != 0; });
}

Numbers numbers_of(const ops::Operands& operands, std::size_t dims) {
  Numbers numbers;
  numbers.stride = operands.integers("stride", dims);
  numbers.dilation = operands.integers("dilation", dims);
  numbers.groups = operands.integer("groups");
  numbers.transposed = operands.flag("transposed") || operands.node().op.find("transpose") != std::string::npos;
  numbers.padding = operands.text("padding").empty() ? operands.integers("padding", dims) : Integers(dims, 0);
  numbers.output_padding = numbers.transposed ? operands.integers("output_padding", dims) : Integers(dims, 0);
  return numbers;
}

// [N, C, L] → [N, C, 1, L]; rank 2 or 3 without a batch gets one.
ir::Shape image_shape(const ir::Shape& shape, std::size_t dims) {
  ir::Shape result = shape;
  if (shape.size() == dims + 1) result.insert(result.begin(), 1);
  if (dims == 1) result.insert(result.begin() + 2, 1);
  return result;
}

void in_two_dimensions(Numbers& numbers) {
  numbers.stride.insert(numbers.stride.begin(), 1);
  numbers.padding.insert(numbers.padding.begin(), 0);
  numbers.dilation.insert(numbers.dilation.begin(), 1);
  numbers.output_padding.insert(numbers.output_padding.begin(), 0);
}

// The weight with a height of 1: a constant is reshaped now.
Result<ir::Value*> image_weight(Rewriter& rewrite, ir::Value* weight) {
  ir::Shape shape = weight->type.shape;
  shape.insert(shape.begin() + 2, 1);
  if (weight->kind != ir::ValueKind::constant) return rewrite.view(weight, shape);
  return rewrite.graph().add_constant(weight->name, weight->data.reshaped(shape), weight->source_name);
}

Result<ir::Value*> with_border(Rewriter& rewrite, ir::Value* x, const Integers& behind) {
  Integers pad;
  for (std::size_t i = behind.size(); i-- > 0;) pad.insert(pad.end(), {0, behind[i]});
  return rewrite.add("aten::constant_pad_nd.default", {{"self", x}, {"pad", pad}, {"value", 0.0}});
}

Status canonicalise(ir::Graph& graph, ir::Node& node) {
  const ops::Operands operands = operands_of(node);
  const std::size_t dims = operands.type("weight").shape.size() - 2;
  if (dims != 1 && dims != 2) return {};
  Rewriter rewrite(graph, node);
  Numbers numbers = numbers_of(operands, dims);
  ir::Value* x = operands.value("input");
  Integers behind(dims, 0);
  if (operands.text("padding") == "same" && split_same_padding(operands, numbers, behind)) {
    CORTADO_TRY(x, with_border(rewrite, x, behind));
  }
  ir::Value* weight = operands.value("weight");
  CORTADO_TRY(x, rewrite.view(x, image_shape(x->type.shape, dims)));
  if (dims == 1) {
    in_two_dimensions(numbers);
    CORTADO_TRY(weight, image_weight(rewrite, weight));
  }
  std::vector<ir::NamedArgument> arguments = {{"input", x},
                                              {"weight", weight},
                                              {"bias", operands.argument("bias")},
                                              {"stride", numbers.stride},
                                              {"padding", numbers.padding}};
  if (numbers.transposed) arguments.push_back({"output_padding", numbers.output_padding});
  if (numbers.transposed) arguments.push_back({"groups", numbers.groups});
  arguments.push_back({"dilation", numbers.dilation});
  if (!numbers.transposed) arguments.push_back({"groups", numbers.groups});
  CORTADO_TRY(ir::Value * y, rewrite.add(numbers.transposed ? "aten::conv_transpose2d.input" : "aten::conv2d.default",
                                         std::move(arguments)));
  CORTADO_TRY(y, rewrite.view(y, node.outputs[0]->type.shape));
  rewrite.replace_and_erase(*y);
  return {};
}

bool is_canonical(const ir::Node& node) {
  return (node.op == "aten::conv2d.default" || node.op == "aten::conv_transpose2d.input") &&
         node.arguments.size() == operands_of(node).schema().size() && node.outputs[0]->type.shape.size() == 4;
}

}  // namespace

Status canonical_convolutions(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot())
    if (is_convolution(node->op) && !is_canonical(*node)) CORTADO_CHECK(canonicalise(graph, *node));
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
