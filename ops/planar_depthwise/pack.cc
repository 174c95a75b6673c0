#include "ops/planar_depthwise/pack.h"

#include "ops/depthwise_conv2d/stage.h"
#include "ops/packing.h"
#include "ops/planar_depthwise/stage.h"
#include "ops/planar_depthwise8/stage.h"

namespace cortado::ops {
namespace {

// `columns` of `slots` weights, the kernel's from column `first` on, and the factors.
void append_channel(const FilterData& data, std::int32_t channel, const StageDraft& draft, std::int32_t slots,
                    std::int32_t columns, std::int32_t first, Stream& stream) {
  const auto outputs = static_cast<std::int32_t>(data.outputs());
  std::int32_t sum = 0;
  for (std::int32_t x = -first; x < columns - first; ++x)
    for (std::int32_t y = 0; y < slots; ++y) {
      const bool is_tap = x >= 0 && x < draft.x.kernel && y < draft.y.kernel;
      const std::int8_t weight = is_tap ? data.weight()[(y * draft.x.kernel + x) * outputs + channel] : std::int8_t{0};
      sum += weight;
      stream.push_back(static_cast<std::uint8_t>(weight));
    }
  data.append_factors<1>(static_cast<std::size_t>(channel), &sum, stream);
}

}  // namespace

std::optional<PlanesReader> planar_form_of_depthwise(const StageDraft& draft) {
  const FilterData data(draft, WeightOrder::tap_by_tap);
  const auto in = row_shape(draft.inputs[0]->type), out = row_shape(draft.output->type);
  const Window &y = draft.y, &x = draft.x;
  const auto fits = [&](const PlanarLimits& limits) { return y.kernel <= limits.rows && x.kernel <= limits.columns; };
  const bool is_small = fits(PlanarDepthwiseStage::limits);
  const PlanarLimits& limits = is_small ? PlanarDepthwiseStage::limits : PlanarDepthwise8Stage::limits;
  if (draft.numbers[DepthwiseConv2dStage::depth_multiplier] != 1 || !data.can_be_packed() || out->width < planar_quad ||
      !fits(limits) || x.stride > planar_max_stride || y.dilation != 1 || x.dilation != 1)
    return {};
  PlanesReader reader;
  reader.form.stage = is_small ? PlanarDepthwiseStage::id : PlanarDepthwise8Stage::id;
  reader.form.numbers = data.numbers();
  reader.form.cycles_per_16_macs = is_small ? 9 : 6;
  if (is_small && x.stride == 1 && y.stride == 1 && y.kernel < limits.slots) reader.form.rows_at_once = 2;
  reader.slots = limits.slots;
  reader.lead = x.padding;
  reader.columns = planar_columns(limits, {in->width, out->width, x.kernel, x.stride, x.padding, 1});
  reader.outside = reader.form.numbers[PlanarNumber::input_zero_point];
  Stream stream;
  for (std::int32_t c = 0; c < static_cast<std::int32_t>(data.outputs()); ++c)
    append_channel(data, c, draft, reader.slots, is_small ? 4 : 8, is_small ? 0 : 1, stream);
  reader.form.constants = {std::move(stream)};
  return reader;
}

}  // namespace cortado::ops
