// A user's tensor as a program or graph takes it.
#pragma once

#include <string>

#include "ir/type.h"
#include "support/result.h"

namespace cortado::tools {

// Converts the element type where every value survives (any number to float, integers to integers that hold them) and
// adds leading dimensions of size 1. Anything else is an input error that names `what`.
Result<ir::Tensor> adapt(const ir::Tensor& tensor, const ir::Type& wanted, const std::string& what);

}  // namespace cortado::tools
