// PyTorch's operator schemas, written as PyTorch writes them, and the checks that follow from them. Host.
#pragma once

#include <string_view>
#include <vector>

#include "ops/operands.h"

namespace cortado::ops {

// The parameters in "Tensor input, Tensor? bias=None, int[2] stride=1, *, ScalarType? dtype=None", the part of a
// schema between its parentheses. One name is ours: TensorOrNumber, where programs give a number for a tensor. `text`
// must outlive the result (a literal does). A type that is not known has ParameterKind::any; a malformed text is a
// programming error.
std::vector<Parameter> schema(std::string_view text);

// Whether an argument may be given for a parameter: an int passes for a float, one int for a list of them.
bool accepts(const Parameter& parameter, const ir::Argument& argument);
// "a tensor", "a list of integers", … for messages.
std::string_view describe(ParameterKind kind);

}  // namespace cortado::ops
