// The loop of all patches, whatever they are: cortado_packed_groups_FORM. Host and target, C++17.
#pragma once

#include "ops/loops.h"
#include "ops/packed_conv2d/sums.h"

namespace cortado::ops {

// What all groups of a run have in common.
struct GroupsRun {
  PackedOutput output;
  std::int32_t step, blocks, channels;

  std::int32_t group_bytes() const { return packed_group_bytes(blocks); }
};

// Of neighbouring pixels all outputs from the group `w` on.
struct GroupsArguments {
  GroupsRun run;
  const std::int8_t* x;
  std::int32_t pixels;
  const std::int8_t* w;
  std::int32_t outputs;
  std::int8_t* out;
};

}  // namespace cortado::ops
