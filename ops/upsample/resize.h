// Sizes and steps of an interpolation, and interpolation as products. Host.
#pragma once

#include <optional>

#include "ops/host/rewrites.h"

namespace cortado::ops::upsample {

// Sizes in and out, and the step in the input per step in the output, of one to three spatial dimensions.
struct Resize {
  ir::Shape result;
  std::vector<std::int64_t> in, out;
  std::vector<double> step;
};

// The scale of spatial dimension i, when the program gives one.
std::optional<double> given_scale(const Operands& operands, std::size_t i, std::size_t spatial);

// Outputs of size `output_size`, else ⌊in · scale⌋. The step is 1 / scale where a scale is given, else in / out; with
// corners aligned (in − 1) / (out − 1).
Result<Resize> resize(const Operands& operands, std::size_t spatial);

// y = the input times matrices[i], [out, in], along each spatial dimension i, the last one first. Dimensions that stay
// as they are are left out.
Status rewrite_as_products(const Operands& operands, Rewriter& rewriter, const Resize& r,
                           const std::vector<ir::Tensor>& matrices);

}  // namespace cortado::ops::upsample
