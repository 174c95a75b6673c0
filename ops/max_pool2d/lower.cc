#include "ops/max_pool2d/lower.h"

#include "ops/int8_operands.h"
#include "ops/max_pool2d/contract.h"

namespace cortado::ops::max_pool2d {

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(x) || !is_int8(y)) return input_error("its input and result are not both quantized to int8 per tensor");
  if (x->type.shape.size() != 4) return input_error("pooling on int8 takes a batch of images, of rank 4");
  if (!share_parameters(x, y))
    return input_error("its input and result do not share scale and zero point");
  const std::vector<std::int64_t> kernel = operands.integers("kernel_size", 2);
  std::vector<std::int64_t> stride = operands.integers("stride", 2);
  if (stride.empty()) stride = kernel;
  const std::vector<std::int64_t> dilation = operands.integers("dilation", 2);
  if (dilation[0] != 1 || dilation[1] != 1) return input_error("a dilated pooling has no int8 form");
  if (operands.flag("ceil_mode")) return input_error("ceil_mode has no int8 form");
  ir::Node* node = lowering.emit(QuantizedMaxPool2dArgs<Layout::channels_last>::name,
                                 {{"input", x},
                                  {"kernel_size", kernel},
                                  {"stride", stride},
                                  {"padding", operands.integers("padding", 2)},
                                  {"dilation", dilation},
                                  {"ceil_mode", false},
                                  {"input_zero_point", zero_point_of(x)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"activation_min", y->type.quantization->quant_min},
                                  {"activation_max", y->type.quantization->quant_max}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::max_pool2d
