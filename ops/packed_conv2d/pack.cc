#include "ops/packed_conv2d/pack.h"

#include "ops/conv2d/stage.h"
#include "ops/packed_conv2d/stage.h"
#include "ops/packing.h"

namespace cortado::ops {
namespace {

constexpr std::size_t outputs_per_group = 4;

void append_group(const ConvolutionData& data, std::size_t first, std::size_t depth, std::int32_t input_offset,
                  std::vector<std::uint8_t>& stream) {
  PackedFactors factors = {};
  std::int32_t sum[outputs_per_group] = {};
  for (std::size_t k = 0; k < depth; k += 16)
    for (std::size_t lane = 0; lane < outputs_per_group; ++lane)
      for (std::size_t i = k; i < k + 16; ++i) {
        const bool is_there = i < depth && first + lane < data.outputs;
        const std::int8_t weight = is_there ? data.weight[(first + lane) * depth + i] : std::int8_t{0};
        sum[lane] = wrapping_add(sum[lane], weight);
        stream.push_back(static_cast<std::uint8_t>(weight));
      }
  for (std::size_t lane = 0; lane < outputs_per_group; ++lane)
    data.put_factors(first + lane, static_cast<int>(lane), input_offset, sum[lane], factors);
  append_factors(stream, factors);
}

}  // namespace

void pack_conv2d(std::int32_t input_channels, StageDraft& draft) {
  const ConvolutionData data(draft);
  const std::int32_t input_offset = draft.numbers[Conv2dStage::input_offset];
  const bool is_plain = draft.y.kernel == 1 && draft.x.kernel == 1 && draft.y.stride == 1 && draft.x.stride == 1 &&
                        draft.y.padding == 0 && draft.x.padding == 0;
  if (draft.numbers[Conv2dStage::group_channels] != input_channels || !data.has_packed_factors() || data.outputs == 0) return;
  const std::size_t depth = data.weights / data.outputs;
  if (!is_plain && depth > static_cast<std::size_t>(PackedConv2dStage::max_patch_bytes)) return;
  std::vector<std::uint8_t> stream;
  for (std::size_t o = 0; o < data.outputs; o += outputs_per_group) append_group(data, o, depth, input_offset, stream);
  draft.stage = PackedConv2dStage::id;
  draft.numbers = {-input_offset, draft.numbers[Conv2dStage::output_offset], draft.numbers[Conv2dStage::activation_min],
                   draft.numbers[Conv2dStage::activation_max]};
  draft.constants = {std::move(stream)};
}

}  // namespace cortado::ops
