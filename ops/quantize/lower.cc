#include "ops/quantize/lower.h"

#include "ops/quantize/contract.h"

namespace cortado::ops::quantize {

Status lower(const Operands& operands, Lowering& lowering) {
  const DType dtype = operands.output_type().dtype;
  if (dtype != DType::i8 && dtype != DType::i16)
    return input_error(std::string("numbers are quantized to i8 or i16, not to ") + name(dtype));
  if (operands.type("input").dtype != DType::f32) return input_error("only 32-bit floats can be quantized");
  ir::Node* node = lowering.emit(QuantizePerTensorArgs::name,
                                 {{"input", operands.value("input")},
                                  {"scale", operands.number("scale")},
                                  {"zero_point", operands.integer("zero_point")},
                                  {"quant_min", operands.integer("quant_min")},
                                  {"quant_max", operands.integer("quant_max")},
                                  {"dtype", dtype}},
                                 {operands.output_type()});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::quantize
