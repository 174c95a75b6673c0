#include "ops/planar_conv2d/pack.h"

#include "ops/direct_conv2d/pack.h"
#include "ops/packed_conv2d/pack.h"
#include "ops/planar_conv2d/stage.h"

namespace cortado::ops {

std::optional<StageForm> planar_form_of_conv2d(std::int32_t input_channels, const StageDraft& draft) {
  const auto depth = packed_depth(input_channels, draft, PlanarConv2dStage::max_resident_depth);
  if (!depth || row_shape(draft.output->type)->width < PlanarConv2dStage::min_width) return {};
  const FilterData data(draft);
  const bool is_resident = depth->step <= PlanarConv2dStage::max_resident_depth;
  if (!is_resident && data.outputs() % packed_group != 0) return {};
  if (!depth->are_rows && depth->step > max_patches_bytes / PlanarConv2dStage::min_width) return {};
  const std::int32_t resident_cycles =
      32 * (2 + packed_blocks(depth->step)) / depth->bytes;  // per 16 of 4 outputs' products
  StageForm form{PlanarConv2dStage::id,
                 data.numbers(),
                 {},
                 is_resident ? static_cast<std::uint32_t>(resident_cycles) : packed_cycles(*depth)};
  if (PlanarConv2dStage::has_two_rows(data.form(), depth->step, depth->are_rows)) form.rows_at_once = 2;
  if (!is_resident) {
    form.constants = {pack_groups(data, *depth)};
    return form;
  }
  Stream stream;
  for (std::int32_t o = 0; o < static_cast<std::int32_t>(data.outputs()); ++o) {
    const std::int8_t* weight = data.weight() + std::ptrdiff_t{o} * depth->bytes;
    stream.insert(stream.end(), weight, weight + depth->bytes);
    stream.resize((stream.size() + packed_vector - 1) / packed_vector * packed_vector);
    const std::int32_t sum = weight_sum(data, o, *depth);
    data.append_factors<1>(static_cast<std::size_t>(o), &sum, stream);
  }
  form.constants = {std::move(stream)};
  return form;
}

void pack_convolution(std::int32_t input_channels, StageDraft& draft) {
  draft.planes_writer = planar_form_of_conv2d(input_channels, draft);
  if (!pack_direct_conv2d(input_channels, draft)) pack_conv2d(input_channels, draft);
}

}  // namespace cortado::ops
