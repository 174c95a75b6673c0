// Attention masks in a graph that will be quantized. Host.
#pragma once

#include "ops/rewriter.h"

namespace cortado::ops::softmax {

// What a masked score gets: it only has to vanish beside the others, e^−16 ≈ 10⁻⁷. −∞ would take the whole int8 range.
constexpr float masked_score = -16.0f;

// The input of a softmax, with masks by −∞ or by numbers below −100 said by adding masked_score: where(mask, x, −∞),
// x + mask and x + mask · number. `scores` itself where there is no such mask, and in a graph that came quantized.
Result<ir::Value*> soften_mask(Rewriter& rewriter, ir::Value* scores);

}  // namespace cortado::ops::softmax
