// Packs the weights of a convolution's stage. Host.
#pragma once

#include "ops/packed_conv2d/patches.h"
#include "ops/packing.h"

namespace cortado::ops {

// Turns a draft of Conv2dStage into one of PackedConv2dStage, where that can compute it: no groups, factors below 1,
// patches that fit. Otherwise the draft stays as it is.
void pack_conv2d(std::int32_t input_channels, StageDraft& draft);

struct PackedDepth {
  std::int32_t bytes, step;  // of a patch, and from one to the next
  bool are_rows;
};

// nullopt: the draft is no convolution that can be packed. `small` as are_rows_patches has it.
std::optional<PackedDepth> packed_depth(std::int32_t input_channels, const StageDraft& draft, std::int32_t small);
// StageForm::cycles_per_16_macs of outputs four at a time.
std::uint32_t packed_cycles(PackedDepth depth);
// All outputs, four at a time, as PackedConv2dStage reads them.
Stream pack_groups(const FilterData& data, PackedDepth depth);

std::int32_t weight_sum(const FilterData& data, std::int32_t output, PackedDepth depth);

}  // namespace cortado::ops
