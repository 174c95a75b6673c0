#include "ops/packed_depthwise/pack.h"

#include "ops/depthwise_conv2d/stage.h"
#include "ops/packed_depthwise/stage.h"
#include "ops/packing.h"

namespace cortado::ops {
namespace {

constexpr std::size_t block = 16;

void append_block(const FilterData& data, std::size_t first, std::size_t taps, Stream& stream) {
  std::int32_t sums[block] = {};
  for (std::size_t t = 0; t < taps; ++t)
    for (std::size_t c = 0; c < block; ++c) {
      const std::int8_t weight =
          first + c < data.outputs() ? data.weight()[t * data.outputs() + first + c] : std::int8_t{0};
      sums[c] += weight;
      stream.push_back(static_cast<std::uint8_t>(weight));
    }
  for (std::size_t c = 0; c < 4; ++c) data.append_factors<4>(first + c, sums + c, stream, 4);
}

}  // namespace

void pack_depthwise(StageDraft& draft) {
  const FilterData data(draft, WeightOrder::tap_by_tap);
  if (draft.numbers[DepthwiseConv2dStage::depth_multiplier] != 1 || !data.can_be_packed()) return;
  const std::size_t taps = data.weights() / data.outputs();
  if (taps == 0 || taps > static_cast<std::size_t>(PackedDepthwiseStage::max_taps) ||
      std::any_of(data.weight(), data.weight() + data.weights(), [](std::int8_t w) { return w == -128; }))
    return;
  Stream stream;
  for (std::size_t c = 0; c < data.outputs(); c += block) append_block(data, c, taps, stream);
  draft.stage = PackedDepthwiseStage::id;
  draft.numbers = data.numbers();
  draft.constants = {std::move(stream)};
  draft.cycles_per_16_macs = 20;
}

}  // namespace cortado::ops
