// The integer reference and the random cases of quantized_linear. Host and target.
#pragma once

#include "ops/cases.h"
#include "ops/linear/contract.h"

namespace cortado::ops::linear {

void reference(const QuantizedLinearArgs& args);
bool make_case(CaseBuilder& builder, QuantizedLinearArgs& args);

}  // namespace cortado::ops::linear
