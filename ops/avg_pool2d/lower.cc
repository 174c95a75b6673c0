#include "ops/avg_pool2d/lower.h"

#include <algorithm>

#include "ops/avg_pool2d/contract.h"
#include "ops/int8_operands.h"
#include "ops/pad/lower.h"
#include "support/multiplier.h"

namespace cortado::ops::avg_pool2d {

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  if (!is_int8(x) || !is_int8(y)) return input_error("its input and result are not both quantized to int8 per tensor");
  if (x->type.shape.size() != 4) return input_error("pooling on int8 takes a batch of images, of rank 4");
  if (!share_parameters(x, y)) return input_error("its input and result do not share scale and zero point");
  if (operands.has("divisor_override")) return input_error("divisor_override has no int8 form");
  const std::vector<std::int64_t> kernel = operands.integers("kernel_size", 2);
  std::vector<std::int64_t> stride = operands.integers("stride", 2);
  if (stride.empty()) stride = kernel;
  std::vector<std::int64_t> padding = operands.integers("padding", 2);
  // The kernel divides by the taps inside the input: padding that counts becomes part of the input.
  if (operands.flag("count_include_pad") && (padding[0] != 0 || padding[1] != 0)) {
    x = pad::padded(*x, {0, 0, padding[0], padding[1]}, {0, 0, padding[0], padding[1]}, zero_point_of(x), lowering);
    padding = {0, 0};
  }
  const Multiplier factor = to_multiplier(scale_of(x));
  // CMSIS-NN sums a row of channels there, on cores with DSP instructions only.
  const std::int64_t scratch = lowering.target().isa == Isa::dsp ? x->type.shape[1] * 4 : 0;
  ir::Node* node = lowering.emit(QuantizedAvgPool2dArgs<Layout::channels_last>::name,
                                 {{"input", x},
                                  {"kernel_size", kernel},
                                  {"stride", stride},
                                  {"padding", padding},
                                  {"ceil_mode", operands.flag("ceil_mode")},
                                  {"zero_point", zero_point_of(x)},
                                  {"multiplier", std::int64_t{factor.multiplier}},
                                  {"shift", std::int64_t{factor.shift}},
                                  {"scratch", lowering.scratch(scratch)}},
                                 {y->type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::avg_pool2d
