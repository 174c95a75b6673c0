#include "ops/conv_transpose2d/stage.h"
#include "ops/dot.h"
#include "ops/row_pace.h"
#include "ops/stage_forms.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

// The bias, and for every tap of an output the sum of its weights times the input's offset.
std::vector<std::int32_t> start_of(const StageDraft& filter, std::size_t outputs, std::size_t channels,
                                   std::int32_t input_offset) {
  const std::vector<std::uint8_t>&weight = filter.constants[0], &bias = filter.constants[1];
  std::vector<std::int32_t> start(outputs);
  std::memcpy(start.data(), bias.data(), outputs * sizeof start[0]);
  for (std::size_t at = 0; at < weight.size(); at += channels) {
    const auto* tap = reinterpret_cast<const std::int8_t*>(weight.data() + at);
    start.push_back(wrapping_multiply(sum(tap, static_cast<std::int32_t>(channels)), input_offset));
  }
  return start;
}

std::optional<StageDraft> make_conv_transpose2d(const ir::Node& node) {
  const ir::Value* weight = filter_of(node);  // [O, KH, KW, C]
  if (weight == nullptr) return {};
  const ir::Shape& w = weight->type.shape;
  auto draft = filter_stage(ConvTranspose2dStage::id, node, *weight, w[0], 0);
  if (!draft || draft->y.dilation != 1 || draft->x.dilation != 1 || w[3] != row_shape(draft->inputs[0]->type)->channels)
    return {};
  const std::int32_t input_offset = draft->numbers[1];
  draft->numbers.erase(draft->numbers.begin(), draft->numbers.begin() + 2);
  const auto start = start_of(*draft, static_cast<std::size_t>(w[0]), static_cast<std::size_t>(w[3]), input_offset);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(start.data());
  draft->constants[1].assign(bytes, bytes + start.size() * sizeof start[0]);
  draft->outside.reset();
  draft->macs /= static_cast<std::uint64_t>(draft->y.stride * draft->x.stride);
  draft->cycles_per_16_macs = 8;
  draft->pace = covering_pace(draft->y.output, [&](std::int32_t y) { return transposed_rows(draft->y, y); });
  return draft->pace ? std::move(draft) : std::nullopt;
}

}  // namespace

extern const StageMaker conv_transpose2d_stage_maker;
const StageMaker conv_transpose2d_stage_maker = {"cortex_m::quantized_transpose_conv2d.out", make_conv_transpose2d};

}  // namespace cortado::ops
