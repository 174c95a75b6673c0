// quantized_decomposed::quantize_per_tensor.default → cortex_m::quantize_per_tensor. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::quantize {

Status lower(const Operands& operands, Lowering& lowering);

// The form that only weights may have: an error that says so.
inline Status refuse_per_channel(const Operands&, Lowering&) {
  return input_error("activations have one scale: a scale per channel is for weights",
                     "quantize activations per tensor, as ExecuTorch's Cortex-M quantizer does");
}

}  // namespace cortado::ops::quantize
