#include "ops/resampling/make_resampling.h"

namespace cortado::ops {
namespace {

// The given factor of dimension y or x; 0: a size is given.
double factor_of(const ir::Node& node, std::size_t i) {
  const ir::Argument* given = node.find("scale_factors");
  const auto* factors = given != nullptr ? std::get_if<std::vector<double>>(given) : nullptr;
  return factors != nullptr && factors->size() == 2 ? (*factors)[i] : 0;
}

std::int32_t bits_of(double scale) {
  const auto narrow = static_cast<float>(scale);
  std::int32_t bits = 0;
  std::memcpy(&bits, &narrow, sizeof bits);
  return bits;
}

}  // namespace

std::optional<StageDraft> resampling_stage(std::uint32_t stage, const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  const auto in = row_shape(input->type), out = row_shape(node.outputs[0]->type);
  if (!in || !out || !in->is_image || !out->is_image || in->along_width != out->along_width ||
      in->channels != out->channels)
    return {};
  const bool align_corners = number_of(node, "align_corners") != 0;
  const double y = resampling_scale(factor_of(node, in->along_width ? 1 : 0), align_corners, in->rows, out->rows);
  const double x = resampling_scale(factor_of(node, in->along_width ? 0 : 1), align_corners, in->width, out->width);
  if (!is_resampling_scale(static_cast<float>(y)) || !is_resampling_scale(static_cast<float>(x))) return {};
  StageDraft draft;
  draft.stage = stage;
  draft.inputs = {input};
  draft.output = node.outputs[0];
  draft.numbers = {bits_of(y), bits_of(x)};
  draft.macs =
      static_cast<std::uint64_t>(draft.output->type.elements()) * static_cast<std::uint64_t>(in->element_bytes);
  return draft;
}

}  // namespace cortado::ops
