#include "ops/direct_conv2d/pack.h"

#include "ops/conv2d/stage.h"
#include "ops/direct_conv2d/stage.h"
#include "ops/packing.h"

namespace cortado::ops {
namespace {

using Direct = DirectConv2dStage;
constexpr std::int32_t taps = Direct::kernel * Direct::kernel;

bool can_be_direct(std::int32_t input_channels, const StageDraft& draft, const FilterData& data) {
  const Window &y = draft.y, &x = draft.x;
  return draft.stage == Conv2dStage::id && draft.numbers[Conv2dStage::group_channels] == input_channels &&
         data.has_fast_form() && y.kernel == Direct::kernel && x.kernel == Direct::kernel && x.dilation == 1 &&
         x.stride <= Direct::max_stride && input_channels % packed_vector == 0 &&
         data.outputs() % Direct::outputs == 0 && row_shape(draft.output->type)->width >= Direct::quad &&
         direct_tile(input_channels, x.stride) > 0;
}

// Of `outputs` outputs from `first` on, as the stage's constant has them: weights, then factors.
void append_outputs(const FilterData& data, std::int32_t first, std::int32_t channels, Stream& stream) {
  std::int32_t sums[Direct::outputs] = {};
  const std::int32_t blocks = channels / packed_vector;
  for (std::int32_t plane = 0; plane < Direct::kernel * blocks; ++plane)
    for (std::int32_t column = 0; column < Direct::kernel; ++column)
      for (std::int32_t o = 0; o < Direct::outputs; ++o) {
        const std::int32_t tap = plane / blocks * Direct::kernel + column, block = plane % blocks * packed_vector;
        const std::int8_t* weight = data.weight() + (std::ptrdiff_t{first + o} * taps + tap) * channels + block;
        for (std::int32_t c = 0; c < packed_vector; ++c) {
          sums[o] += weight[c];
          stream.push_back(static_cast<std::uint8_t>(weight[c]));
        }
      }
  data.append_factors<Direct::outputs>(static_cast<std::size_t>(first), sums, stream);
}

}  // namespace

bool pack_direct_conv2d(std::int32_t input_channels, StageDraft& draft) {
  const FilterData data(draft);
  if (!can_be_direct(input_channels, draft, data)) return false;
  Stream stream;
  for (std::int32_t o = 0; o < static_cast<std::int32_t>(data.outputs()); o += Direct::outputs)
    append_outputs(data, o, input_channels, stream);
  draft.stage = Direct::id;
  draft.numbers = data.numbers();
  draft.constants = {std::move(stream)};
  draft.cycles_per_16_macs = 2;
  return true;
}

bool gains_by_pairs(const StageDraft& draft) {
  return draft.stage == Direct::id && copies_for_two(row_shape(draft.inputs[0]->type)->channels, draft.y,
                                                     row_shape(draft.output->type)->width, draft.x.stride);
}

}  // namespace cortado::ops
