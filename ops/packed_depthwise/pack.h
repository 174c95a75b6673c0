// Packs the weights of a depthwise convolution's stage. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// Turns a draft of DepthwiseConv2dStage into one of PackedDepthwiseStage, where that can compute it: one output per
// channel, few taps, factors below 1, no weight of −128. Otherwise the draft stays as it is.
void pack_depthwise(StageDraft& draft);

}  // namespace cortado::ops
