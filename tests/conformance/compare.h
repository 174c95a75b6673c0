// The rules of ../shared/conformance/README.md for calling two tensors equal enough.
#pragma once

#include <string>
#include <vector>

#include "ir/tensor.h"

namespace cortado::conformance {

// All return "" when `ours` passes, else what is wrong, with the first or worst place.

// Same type, shape and bytes. With `float_operators` (the program computes in float somewhere): floats to 1 part in
// 3 million, integers to 1 step.
std::string compare_exact(const ir::Tensor& ours, const ir::Tensor& reference, bool float_operators);

// |ours − reference| ≤ atol + qtol·scale + rtol·|reference|.
std::string compare_within(const ir::Tensor& ours, const ir::Tensor& reference, double scale, double atol, double qtol,
                           double rtol);

// Accuracy of `ours` against the float network's `truth`: mean absolute error at most 1.05 × that of `quantized` (the
// reference's quantized network, may be null) + slack, slack = max(0.5 (max − min)/255, 0.004 max|truth|). With
// `generous`, or without `quantized`: 2 % of (max − min) will do. Integers and booleans: at most 2 % differ.
std::string compare_accuracy(const ir::Tensor& ours, const ir::Tensor& truth, const ir::Tensor* quantized,
                             bool generous);

// The largest |ours − truth| in steps of the int8 type that just holds truth's range and 0. Infinite where only one of
// them is a number, 0 for tensors that are not float. Of one shape.
double largest_error_steps(const ir::Tensor& ours, const ir::Tensor& truth);

}  // namespace cortado::conformance
