#include "ops/packed_depthwise/pack.h"

#include "ops/depthwise_conv2d/stage.h"
#include "ops/packed_depthwise/stage.h"
#include "ops/packing.h"

namespace cortado::ops {
namespace {

constexpr std::size_t block = 16;

void append_block(const ConvolutionData& data, std::size_t first, std::size_t taps, std::int32_t input_offset,
                  std::vector<std::uint8_t>& stream) {
  std::int32_t sum[block] = {};
  for (std::size_t t = 0; t < taps; ++t)
    for (std::size_t c = 0; c < block; ++c) {
      const std::int8_t weight = first + c < data.outputs ? data.weight[t * data.outputs + first + c] : std::int8_t{0};
      sum[c] += weight;
      stream.push_back(static_cast<std::uint8_t>(weight));
    }
  for (std::size_t group = 0; group < 4; ++group) {
    PackedFactors factors = {};
    for (std::size_t lane = 0; lane < 4; ++lane)
      data.put_factors(first + 4 * lane + group, static_cast<int>(lane), input_offset, sum[4 * lane + group], factors);
    append_factors(stream, factors);
  }
}

}  // namespace

void pack_depthwise(StageDraft& draft) {
  const ConvolutionData data(draft);
  const std::int32_t input_offset = draft.numbers[DepthwiseConv2dStage::input_offset];
  const std::size_t taps = data.outputs == 0 ? 0 : data.weights / data.outputs;
  if (draft.numbers[DepthwiseConv2dStage::depth_multiplier] != 1 || !data.has_packed_factors() || taps == 0 ||
      taps > static_cast<std::size_t>(PackedDepthwiseStage::max_taps) ||
      std::any_of(data.weight, data.weight + data.weights, [](std::int8_t w) { return w == -128; }))
    return;
  std::vector<std::uint8_t> stream;
  for (std::size_t c = 0; c < data.outputs; c += block) append_block(data, c, taps, input_offset, stream);
  draft.stage = PackedDepthwiseStage::id;
  draft.numbers = {-input_offset, draft.numbers[DepthwiseConv2dStage::output_offset],
                   draft.numbers[DepthwiseConv2dStage::activation_min], draft.numbers[DepthwiseConv2dStage::activation_max]};
  draft.constants = {std::move(stream)};
}

}  // namespace cortado::ops
