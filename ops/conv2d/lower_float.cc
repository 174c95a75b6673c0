#include "ops/conv2d/lower.h"
#include "ops/float_convolution/contract.h"

namespace cortado::ops::conv2d {

Status lower_float(const Operands& operands, Lowering& lowering) {
  const std::size_t dims = operands.shape("weight").size() - 2;
  if (operands.shape("input").size() != dims + 2) return input_error("a convolution in float takes a batch");
  if (!operands.text("padding").empty()) return input_error("its padding is not spelled out");
  const bool transposed = operands.flag("transposed") || operands.node().op.find("transpose") != std::string::npos;
  const std::vector<std::int64_t> none(dims, 0);
  ir::Node* node = lowering.emit(ConvolutionArgs::name,
                                 {{"input", operands.value("input")},
                                  {"weight", operands.value("weight")},
                                  {"bias", operands.argument("bias")},
                                  {"stride", operands.integers("stride", dims)},
                                  {"padding", operands.integers("padding", dims)},
                                  {"dilation", operands.integers("dilation", dims)},
                                  {"transposed", transposed},
                                  {"output_padding", transposed ? operands.integers("output_padding", dims) : none},
                                  {"groups", operands.integer("groups")}},
                                 {operands.output_type()});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::conv2d
