#include "ops/planar_depthwise/pack.h"

#include "ops/depthwise_conv2d/stage.h"
#include "ops/packing.h"
#include "ops/planar_depthwise/stage.h"
#include "ops/stage.h"

namespace cortado::ops {
namespace {

constexpr std::size_t columns = 4;

void append_channel(const FilterData& data, std::size_t channel, const StageDraft& draft, Stream& stream) {
  const auto height = static_cast<std::size_t>(draft.y.kernel), width = static_cast<std::size_t>(draft.x.kernel);
  std::int32_t sum = 0;
  for (std::size_t x = 0; x < columns; ++x)
    for (std::size_t y = 0; y < plane_slots; ++y) {
      const bool is_tap = x < width && y < height;
      const std::int8_t weight = is_tap ? data.weight()[(y * width + x) * data.outputs() + channel] : std::int8_t{0};
      sum += weight;
      stream.push_back(static_cast<std::uint8_t>(weight));
    }
  data.append_factors<1>(channel, &sum, stream);
}

}  // namespace

std::optional<PlanesReader> planar_form_of_depthwise(const StageDraft& draft) {
  using Limit = PlanarDepthwiseStage;
  const FilterData data(draft);
  const auto in = row_shape(draft.inputs[0]->type), out = row_shape(draft.output->type);
  const Window &y = draft.y, &x = draft.x;
  if (draft.numbers[DepthwiseConv2dStage::depth_multiplier] != 1 || !data.can_be_packed() || out->width < Limit::min_width ||
      y.kernel > Limit::max_kernel || x.kernel > Limit::max_kernel || x.stride > Limit::max_stride || y.dilation != 1 ||
      x.dilation != 1)
    return {};
  PlanesReader reader{{Limit::id, data.numbers(), {}, 9}, x.padding, 0, 0};
  reader.columns = planar_columns(in->width, x.stride, x.padding, x.kernel, out->width);
  reader.outside = reader.form.numbers[Limit::input_zero_point];
  Stream stream;
  for (std::size_t c = 0; c < data.outputs(); ++c) append_channel(data, c, draft, stream);
  reader.form.constants = {std::move(stream)};
  return reader;
}

}  // namespace cortado::ops
