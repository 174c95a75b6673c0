// The part of a stage's draft that all convolutions share. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// Appends the constants bias (zeros where absent), multipliers and shifts, and the numbers output_offset,
// activation_min and activation_max of a lowered convolution; false when one of the constants is not known.
inline bool add_channel_output(const ir::Node& node, std::int64_t channels, StageDraft& draft) {
  const ir::Value* const bias = value_of(node, "bias");
  const ir::Value* const parts[] = {bias, value_of(node, "requantize_multipliers"), value_of(node, "requantize_shifts")};
  if (bias == nullptr) draft.add_constant(std::vector<std::int32_t>(static_cast<std::size_t>(channels), 0));
  for (const ir::Value* value : parts) {
    if (value == nullptr) continue;
    if (value->kind != ir::ValueKind::constant) return false;
    draft.add_constant(*value);
  }
  for (const char* name : {"output_offset", "activation_min", "activation_max"}) draft.numbers.push_back(number_of(node, name));
  return true;
}

}  // namespace cortado::ops
