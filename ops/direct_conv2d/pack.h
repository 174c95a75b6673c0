// Packs the weights of a 3 × 3 convolution's stage. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// Turns a draft of Conv2dStage into one of DirectConv2dStage, where that can compute it. False: it stays as it is.
bool pack_direct_conv2d(std::int32_t input_channels, StageDraft& draft);

// Whether a stage makes two rows so much faster than one by one that longer rings are worth it where there is memory
// for them: one copy of the input is enough for both.
bool gains_by_pairs(const StageDraft& draft);

}  // namespace cortado::ops
