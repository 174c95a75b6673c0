// Tensors element by element in logical order, whatever their order in memory: made-up inputs, and a checksum of
// outputs.
#pragma once

#include "runtime/cortado.h"

namespace timing {

// Both leave a tensor without memory alone: an input or output that is a number.

// The numbers of `cortado run --made-up-inputs`: floats in [−1, 1), int8 of all values, else zeros.
void make_up(const cortado_tensor& tensor);

// CRC-32 (zlib's) of the elements' bytes, behind those whose checksum is `sum` (0: none): that of the data in an .npy.
uint32_t checksum(const cortado_tensor& tensor, uint32_t sum);

}  // namespace timing
