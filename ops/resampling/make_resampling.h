// Nodes of upsampling as drafts of stages. Host.
#pragma once

#include "ops/resampling/stage.h"
#include "ops/stage_draft.h"

namespace cortado::ops {

// Numbers y_scale and x_scale; the pace is left to the caller. nullopt: input and output do not lie the same way.
std::optional<StageDraft> resampling_stage(std::uint32_t stage, const ir::Node& node);

inline float number_of_bits(std::int32_t bits) {
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

}  // namespace cortado::ops
