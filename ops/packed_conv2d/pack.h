// Packs the weights of a convolution's stage. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// Turns a draft of Conv2dStage into one of PackedConv2dStage, where that can compute it: no groups, factors below 1,
// patches that fit. Otherwise the draft stays as it is.
void pack_conv2d(std::int32_t input_channels, StageDraft& draft);

}  // namespace cortado::ops
