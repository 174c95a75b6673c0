// Packs the weights of a depthwise convolution that reads planes. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// PlanarDepthwiseStage for a draft of DepthwiseConv2dStage; nullopt: it cannot compute it.
std::optional<PlanesReader> planar_form_of_depthwise(const StageDraft& draft);

}  // namespace cortado::ops
