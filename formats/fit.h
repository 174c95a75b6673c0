// Tensors that users bring, made to fit a model's input where nothing is lost.
#pragma once

#include "ir/type.h"

namespace cortado::formats {

// How many samples for an input of `type` the tensor stacks along its first dimension: 1 for the input's own shape,
// also without a leading 1 ([3, 224, 224] for [1, 3, 224, 224]); 0 when it does not fit.
std::int64_t stacked_samples(const ir::Shape& shape, const ir::Type& type);

// Sample `index` of the tensor, of the input's shape and element type. Floats of another width are converted, integers
// too when every value fits. Errors: another shape or kind of number.
Result<ir::Tensor> fit(const ir::Tensor& tensor, const ir::Type& type, std::int64_t index);

}  // namespace cortado::formats
