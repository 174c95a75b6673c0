// Kernels without dilation: zeros where a dilated one skips. Host.
#pragma once

#include "ir/tensor.h"

namespace cortado::ops::conv2d {

// The elements along `axis`, `dilation` apart, with zeros between them: size dilation · (size − 1) + 1.
ir::Tensor spread(const ir::Tensor& weight, std::size_t axis, std::int64_t dilation);

}  // namespace cortado::ops::conv2d
