#include "ops/dequantize/lower.h"

#include "ops/dequantize/contract.h"

namespace cortado::ops::dequantize {

Status lower(const Operands& operands, Lowering& lowering) {
  const DType dtype = operands.type("input").dtype;
  if (dtype != DType::i8 && dtype != DType::i16)
    return input_error(std::string("only i8 and i16 can be dequantized, not ") + name(dtype));
  if (operands.output_type().dtype != DType::f32) return input_error("numbers are dequantized to 32-bit floats only");
  ir::Node* node = lowering.emit(DequantizePerTensorArgs::name,
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

}  // namespace cortado::ops::dequantize
