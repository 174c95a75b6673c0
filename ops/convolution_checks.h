// What all convolutions prove of their arguments before their geometry. Host and target, C++17.
#pragma once

#include "ops/checks.h"

namespace cortado::ops {

// Args: a contract with weight, stride, padding, dilation and input_offset.
template <class Args>
Check& check_convolution(Check& check, const Args& args) {
  return check.dtype("weight", args.weight, DType::i8)
      .rank("weight", args.weight, 4)
      .contiguous("weight", args.weight)
      .equal("stride", "'s length", args.stride.count, 2)
      .equal("padding", "'s length", args.padding.count, 2)
      .equal("dilation", "'s length", args.dilation.count, 2)
      .range("input_offset", args.input_offset, -127, 128);
}

}  // namespace cortado::ops
