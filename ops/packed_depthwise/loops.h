// The loop of a row's pixels: cortado_packed_depthwise_FORM. Host and target, C++17.
#pragma once

#include "ops/loops.h"
#include "ops/packed_output.h"
#include "ops/stage.h"

namespace cortado::ops {

constexpr std::int32_t packed_depthwise_block = 16;  // channels
// Of a block's taps and factors.
constexpr std::int32_t packed_depthwise_bytes(std::int32_t taps) {
  return taps * packed_depthwise_block + 4 * static_cast<std::int32_t>(sizeof(PackedFactors<4>));
}

struct DepthwiseRow {
  const StageArguments& args;
  std::int32_t y;
};

}  // namespace cortado::ops
