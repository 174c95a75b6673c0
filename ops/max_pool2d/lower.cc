#include "ops/max_pool2d/lower.h"

#include <algorithm>

#include "ops/float_pools/contract.h"
#include "ops/int8_operands.h"
#include "ops/max_pool2d/contract.h"
#include "ops/pad/lower.h"

namespace cortado::ops::max_pool2d {

namespace {

using Integers = std::vector<std::int64_t>;

Status check_int8(const ir::Value* x, const ir::Value* y) {
  if (!is_int8(x) || !is_int8(y)) return input_error("its input and result are not both quantized to int8 per tensor");
  if (!share_parameters(x, y)) return input_error("its input and result do not share scale and zero point");
  return {};
}

Integers stride_of(const Operands& operands) {
  Integers stride = operands.integers("stride", 2);
  return stride.empty() ? operands.integers("kernel_size", 2) : stride;
}

// In ceil_mode the last windows reach beyond the padding: x with as many of the lowest number behind it.
ir::Value* reaching_the_end(const Operands& operands, ir::Value* x, const ir::Type& y, Lowering& lowering) {
  const Integers kernel = operands.integers("kernel_size", 2), stride = stride_of(operands),
                 padding = operands.integers("padding", 2);
  Integers behind(4, 0);
  for (std::size_t i = 0; i < 2; ++i)
    behind[i + 2] =
        std::max<std::int64_t>((y.shape[i + 2] - 1) * stride[i] + kernel[i] - x->type.shape[i + 2] - 2 * padding[i], 0);
  if (behind == Integers(4, 0)) return x;
  return pad::padded(*x, Integers(4, 0), behind, x->type.quantization->quant_min, lowering);
}

// Whether no stored integer is cut off: an activation can be part of the result's parameters.
bool covers_all(const ir::Value& y) {
  return y.type.quantization->quant_min == -128 && y.type.quantization->quant_max == 127;
}

ir::Type places_type(const ir::Type& y) { return {DType::i64, y.shape, y.dim_order, {}}; }

// The maxima of the stored integers, and where they are.
ir::Node* emit_places(const Operands& operands, Lowering& lowering, const ir::Type& y) {
  const std::string_view name = operands.schema()[0].name;
  if (operands.has("output_size"))
    return lowering.emit(AdaptiveMaxPool2dArgs::name,
                         {{"self", operands.value(name)}, {"output_size", operands.integers("output_size", 2)}},
                         {y, places_type(y)});
  return lowering.emit(MaxPool2dArgs::name,
                       {{"self", operands.value(name)},
                        {"kernel_size", operands.integers("kernel_size", 2)},
                        {"stride", stride_of(operands)},
                        {"padding", operands.integers("padding", 2)},
                        {"dilation", operands.integers("dilation", 2)},
                        {"ceil_mode", operands.flag("ceil_mode")}},
                       {y, places_type(y)});
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  CORTADO_CHECK(check_int8(x, y));
  if (operands.integers("dilation", 2) != Integers{1, 1}) {
    if (!covers_all(*y)) return input_error("a dilated pooling has no limits of its own");
    lowering.replace(*emit_places(operands, lowering, y->type)->outputs[0]);
    return {};
  }
  if (x->type.shape.size() != 4) return input_error("pooling on int8 takes a batch of images, of rank 4");
  if (operands.flag("ceil_mode")) x = reaching_the_end(operands, x, y->type, lowering);
  ir::Node* node = lowering.emit(QuantizedMaxPool2dArgs<Layout::channels_last>::name,
                                 {{"input", x},
                                  {"kernel_size", operands.integers("kernel_size", 2)},
                                  {"stride", stride_of(operands)},
                                  {"padding", operands.integers("padding", 2)},
                                  {"dilation", Integers{1, 1}},
                                  {"ceil_mode", false},
                                  {"input_zero_point", zero_point_of(x)},
                                  {"output_zero_point", zero_point_of(y)},
                                  {"activation_min", y->type.quantization->quant_min},
                                  {"activation_max", y->type.quantization->quant_max}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

Status lower_places(const Operands& operands, Lowering& lowering) {
  const ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  const bool is_used = lowering.graph().use_count(*y) != 0;
  if (!is_int8(x)) return input_error("its input is not quantized to int8 per tensor");
  if (is_used) {
    CORTADO_CHECK(check_int8(x, y));
    if (!covers_all(*y)) return input_error("a pooling that says where its maxima are has no limits of its own");
  }
  ir::Type type = x->type;
  type.shape = y->type.shape;
  type.dim_order = y->type.dim_order;
  ir::Node* node = emit_places(operands, lowering, type);
  if (is_used) lowering.replace(*node->outputs[0]);
  lowering.replace(*node->outputs[1], 1);
  return {};
}

Status lower_float(const Operands& operands, Lowering& lowering) {
  lowering.replace(*emit_places(operands, lowering, operands.output_type())->outputs[0]);
  return {};
}

}  // namespace cortado::ops::max_pool2d
