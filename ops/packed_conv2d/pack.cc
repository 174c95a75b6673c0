#include "ops/packed_conv2d/pack.h"

#include <numeric>

#include "ops/conv2d/stage.h"
#include "ops/packed_conv2d/stage.h"

namespace cortado::ops {
namespace {

// Vector 0 … packed_blocks(step) of an output's weights (patches.h).
void append_vector(const FilterData& data, std::int32_t output, PackedDepth depth, std::int32_t vector,
                   Stream& stream) {
  const std::int32_t first = packed_first(depth.step), second = packed_second(depth.step);
  const std::int32_t begin = vector == 0 ? first : second + (vector - 1) * packed_vector;
  const std::int32_t others_end =
      first == 0 ? 0 : packed_blocks(depth.step) * packed_vector;  // what the first must not count again
  for (std::int32_t k = begin; k < begin + packed_vector; ++k) {
    const bool is_there = k < depth.bytes && output < static_cast<std::int32_t>(data.outputs());
    const bool is_counted = is_there && (vector != 0 || k >= others_end);
    stream.push_back(is_counted ? static_cast<std::uint8_t>(data.weight()[output * depth.bytes + k]) : std::uint8_t{0});
  }
}

void append_group(const FilterData& data, std::int32_t first, PackedDepth depth, Stream& stream) {
  std::int32_t sums[packed_group] = {};
  for (std::int32_t lane = 0; lane < packed_group; ++lane) sums[lane] = weight_sum(data, first + lane, depth);
  data.append_factors<packed_group>(static_cast<std::size_t>(first), sums, stream);
  for (std::int32_t v = 0; v <= packed_blocks(depth.step); ++v)
    for (std::int32_t lane = 0; lane < packed_group; ++lane) append_vector(data, first + lane, depth, v, stream);
}

}  // namespace

std::int32_t weight_sum(const FilterData& data, std::int32_t output, PackedDepth depth) {
  if (output >= static_cast<std::int32_t>(data.outputs())) return 0;
  const std::int8_t* weight = data.weight() + std::ptrdiff_t{output} * depth.bytes;
  return std::accumulate(weight, weight + depth.bytes, std::int32_t{0});
}

std::optional<PackedDepth> packed_depth(std::int32_t input_channels, const StageDraft& draft, std::int32_t small) {
  const FilterData data(draft);
  if (draft.stage != Conv2dStage::id || draft.numbers[Conv2dStage::group_channels] != input_channels ||
      !data.can_be_packed())
    return {};
  const auto depth = static_cast<std::int32_t>(data.weights() / data.outputs());
  const bool are_rows = are_rows_patches(draft.y, draft.x, depth, small);
  if (!are_rows && depth > max_patches_bytes) return {};
  return PackedDepth{depth, packed_step(depth, are_rows), are_rows};
}

std::uint32_t packed_cycles(PackedDepth depth) {
  constexpr std::uint32_t per_pair = 100;  // 16 / 8 products of what four outputs of two pixels take beside them
  return 2 + per_pair / static_cast<std::uint32_t>(depth.bytes);
}

Stream pack_groups(const FilterData& data, PackedDepth depth) {
  Stream stream;
  for (std::int32_t o = 0; o < static_cast<std::int32_t>(data.outputs()); o += packed_group)
    append_group(data, o, depth, stream);
  return stream;
}

void pack_conv2d(std::int32_t input_channels, StageDraft& draft) {
  const auto depth = packed_depth(input_channels, draft, 0);
  if (!depth) return;
  const FilterData data(draft);
  Stream stream = pack_groups(data, *depth);
  draft.stage = PackedConv2dStage::id;
  draft.numbers = data.numbers();
  draft.constants = {std::move(stream)};
  draft.cycles_per_16_macs = packed_cycles(*depth);
  // An odd pixel costs more than half a pair, and weights are read half as often.
  constexpr std::int32_t short_row = 32;
  if (depth->are_rows && row_shape(draft.output->type)->width <= short_row) draft.rows_at_once = 2;
}

}  // namespace cortado::ops
