// Packs the weights of a convolution that writes planes. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// PlanarConv2dStage for a draft of Conv2dStage; nullopt: it cannot compute it. `width` of the output.
std::optional<StageForm> planar_form_of_conv2d(std::int32_t input_channels, std::int32_t width, const StageDraft& draft);

}  // namespace cortado::ops
