// The loop of a row's columns, whatever their patches are: cortado_planar_columns_FORM. Host and target, C++17.
#pragma once

#include "ops/loops.h"
#include "ops/packed_conv2d/sums.h"

namespace cortado::ops {

constexpr std::int32_t planar_conv2d_quad = 4;  // columns

// The arguments as they are used.
struct PlanarConv2d {
  Patches patches;
  const PackedOutput& output;
  const std::int8_t* stream;
  std::int32_t blocks, channels, plane, slots;  // plane: bytes
  bool is_resident;
};

// `count` ≥ 4 columns: the last ones once more where they are no whole quad or pair.
struct ColumnsArguments {
  const PlanarConv2d& plan;
  const std::int8_t* x;
  std::int32_t count;
  std::int8_t* out;
};

}  // namespace cortado::ops
