// Every convolution becomes conv2d.default or conv_transpose2d.input on a batch, with all numbers spelled out; in
// graphs that came quantized, those over 3 spatial dimensions stay conv3d.default or conv_transpose3d.input:
// "convolution" says which one by a flag, 'same' and 'valid' say numbers, and a convolution along one dimension is one
// along the width of an image one pixel high.
#include "ops/conv2d/rewrites.h"

#include <algorithm>

#include "ops/conv2d/as_conv2d.h"
#include "ops/host/rewrites.h"

namespace cortado::ops::conv2d {
namespace {

using Integers = std::vector<std::int64_t>;

struct Numbers {
  Integers stride, padding, dilation, output_padding;
  Integers behind;  // what 'same' needs at the high side beyond `padding`
  std::int64_t groups = 1;
  bool transposed = false;
};

Numbers numbers_of(const Operands& operands, std::size_t dims) {
  Numbers numbers;
  numbers.stride = operands.integers("stride", dims);
  numbers.dilation = operands.integers("dilation", dims);
  numbers.groups = operands.integer("groups");
  numbers.transposed = operands.flag("transposed") || operands.node().op.find("transpose") != std::string::npos;
  const std::string named = operands.text("padding");
  numbers.padding = named.empty() ? operands.integers("padding", dims) : Integers(dims, 0);
  numbers.output_padding = numbers.transposed ? operands.integers("output_padding", dims) : Integers(dims, 0);
  numbers.behind.assign(dims, 0);
  for (std::size_t i = 0; named == "same" && i < dims; ++i) {
    const std::int64_t total = numbers.dilation[i] * (operands.shape("weight")[i + 2] - 1);
    numbers.padding[i] = total / 2;
    numbers.behind[i] = total % 2;
  }
  return numbers;
}

// An image one pixel high.
void in_two_dimensions(Numbers& numbers) {
  numbers.stride.insert(numbers.stride.begin(), 1);
  numbers.padding.insert(numbers.padding.begin(), 0);
  numbers.dilation.insert(numbers.dilation.begin(), 1);
  numbers.output_padding.insert(numbers.output_padding.begin(), 0);
}

// [N, C, L] → [N, C, 1, L]; without a batch it gets one.
ir::Shape image_shape(ir::Shape shape, std::size_t dims) {
  if (shape.size() == dims + 1) shape.insert(shape.begin(), 1);
  if (dims == 1) shape.insert(shape.begin() + 2, 1);
  return shape;
}

// The weight with a height of 1: a constant is reshaped now, and keeps its name.
Result<ir::Value*> image_weight(Rewriter& rewriter, ir::Value* weight) {
  ir::Shape shape = weight->type.shape;
  shape.insert(shape.begin() + 2, 1);
  if (weight->kind != ir::ValueKind::constant || weight->type.is_quantized()) return rewriter.view(weight, shape);
  return rewriter.graph().add_constant(weight->name, weight->data.reshaped(shape), weight->source_name);
}

Result<ir::Value*> with_border(Rewriter& rewriter, ir::Value* x, const Integers& behind) {
  if (std::all_of(behind.begin(), behind.end(), [](std::int64_t extra) { return extra == 0; })) return x;
  Integers pad;
  for (std::size_t i = behind.size(); i-- > 0;) pad.insert(pad.end(), {0, behind[i]});
  return rewriter.add("aten::constant_pad_nd.default", {{"self", x}, {"pad", pad}, {"value", 0.0}});
}

std::string canonical_op(std::size_t dims, bool transposed) {
  if (dims == 3) return transposed ? "aten::conv_transpose3d.input" : "aten::conv3d.default";
  return transposed ? "aten::conv_transpose2d.input" : "aten::conv2d.default";
}

bool is_canonical(const Operands& operands, std::size_t dims) {
  const ir::Node& node = operands.node();
  return node.op == canonical_op(dims, node.op.find("transpose") != std::string::npos) && dims > 1 &&
         node.arguments.size() == operands.schema().size() && operands.shape("input").size() == dims + 2;
}

// Those without an int8 operator become others that have one; a graph that came quantized keeps what it has in float.
Status rewrite_canonical(const Operands& operands, Rewriter& rewriter, std::size_t dims) {
  const bool transposed = operands.node().op.find("transpose") != std::string::npos;
  if (rewriter.graph_is_quantized()) return {};
  if (dims == 3 && !transposed) return rewrite_volume(operands, rewriter);
  if (dims == 2 && transposed) return rewrite_grouped_transposed(operands, rewriter);
  return {};
}

Status rewrite(const Operands& operands, Rewriter& rewriter) {
  const std::size_t dims = operands.shape("weight").size() - 2;
  if (is_canonical(operands, dims)) return rewrite_canonical(operands, rewriter, dims);
  Numbers numbers = numbers_of(operands, dims);
  ir::Value* weight = operands.value("weight");
  CORTADO_TRY(ir::Value* x, with_border(rewriter, operands.value("input"), numbers.behind));
  CORTADO_TRY(x, rewriter.view(x, image_shape(x->type.shape, dims)));
  if (dims == 1) {
    in_two_dimensions(numbers);
    CORTADO_TRY(weight, image_weight(rewriter, weight));
  }
  std::vector<ir::NamedArgument> arguments = {{"input", x},
                                              {"weight", weight},
                                              {"bias", operands.argument("bias")},
                                              {"stride", numbers.stride},
                                              {"padding", numbers.padding}};
  if (numbers.transposed)
    arguments.insert(
        arguments.end(),
        {{"output_padding", numbers.output_padding}, {"groups", numbers.groups}, {"dilation", numbers.dilation}});
  else
    arguments.insert(arguments.end(), {{"dilation", numbers.dilation}, {"groups", numbers.groups}});
  CORTADO_TRY(ir::Value* y, rewriter.add(canonical_op(dims, numbers.transposed), std::move(arguments)));
  CORTADO_TRY(y, rewriter.result_view(y, operands.output_type().shape));
  return rewriter.finish({y});
}

}  // namespace

void set_rewrites(Registry& registry) {
  registry.set_rewrite({"aten::conv1d.default", "aten::conv2d.default", "aten::conv3d.default", "aten::conv1d.padding",
                        "aten::conv2d.padding", "aten::conv3d.padding", "aten::conv_transpose1d.default",
                        "aten::conv_transpose2d.input", "aten::conv_transpose3d.input", "aten::convolution.default"},
                       rewrite);
}

}  // namespace cortado::ops::conv2d
