// Inputs for programs when only costs or the same bits in two places matter, and a checksum of outputs to compare these
// by. examples/timing/tensors.cc makes the same on a board.
#pragma once

#include "tools/execute.h"

namespace cortado::tools {

// Numbers that repeat on every host: floats in [−1, 1), int8 of all values, zeros otherwise (they may be indices).
// Inputs that are numbers are left out.
Tensors made_up_inputs(const LoadedProgram& program);

// CRC-32 (zlib's) of the tensors' bytes in logical order, one tensor after the other, as 8 hexadecimal digits.
std::string checksum(const Tensors& tensors);

}  // namespace cortado::tools
