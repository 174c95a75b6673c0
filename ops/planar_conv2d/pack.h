// Packs the weights of a convolution that writes planes. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// PlanarConv2dStage for a draft of Conv2dStage; nullopt: it cannot compute it.
std::optional<StageForm> planar_form_of_conv2d(std::int32_t input_channels, const StageDraft& draft);

// Gives the draft all the forms that it can have: planes_writer, and pack_conv2d's.
void pack_convolution(std::int32_t input_channels, StageDraft& draft);

}  // namespace cortado::ops
