#include "ops/conv2d/stage.h"
#include "ops/packed_conv2d/pack.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

using Channels = std::vector<std::int32_t>;

// What a kernel sum holds is the convolution's bias when nothing is added to the input.
bool add_start(const ir::Node& node, std::size_t outputs, StageDraft& draft) {
  const ir::Value* sum = value_of(node, "kernel_sum");
  const ir::Value* start = sum != nullptr ? sum : value_of(node, "bias");
  if (start != nullptr && start->kind != ir::ValueKind::constant) return false;
  if (start != nullptr)
    draft.add_constant(*start);
  else
    draft.add_constant(Channels(outputs, 0));
  return true;
}

// The stage of quantized_conv2d with a kernel of one tap computes it, as long as weights have no zero point.
std::optional<StageDraft> make_linear(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const ir::Value* weights = value_of(node, "weights");
  const auto multipliers = integers_of(node, "requantize_multipliers"), shifts = integers_of(node, "requantize_shifts");
  const auto in = row_shape(input->type), out = row_shape(output->type);
  if (weights == nullptr || weights->kind != ir::ValueKind::constant || number_of(node, "filter_offset") != 0 ||
      multipliers.size() != 1 || shifts.size() != 1 || !in || !out || in->rows != out->rows || in->width != 1 ||
      out->width != 1 || in->channels != weights->type.shape[1] || out->channels != weights->type.shape[0])
    return {};
  const auto outputs = static_cast<std::size_t>(weights->type.shape[0]);
  StageDraft draft;
  draft.stage = Conv2dStage::id;
  draft.inputs = {input};
  draft.output = output;
  const bool summed = value_of(node, "kernel_sum") != nullptr;
  draft.numbers = {in->channels, summed ? 0 : number_of(node, "input_offset"), number_of(node, "output_offset"),
                   number_of(node, "activation_min"), number_of(node, "activation_max")};
  draft.add_constant(*weights);
  if (!add_start(node, outputs, draft)) return {};
  draft.add_constant(Channels(outputs, static_cast<std::int32_t>(multipliers[0])));
  draft.add_constant(Channels(outputs, static_cast<std::int32_t>(shifts[0])));
  draft.macs = static_cast<std::uint64_t>(weights->type.elements()) * static_cast<std::uint64_t>(out->rows);
  pack_conv2d(in->channels, draft);
  return draft;
}

}  // namespace

extern const StageMaker linear_stage_maker;
const StageMaker linear_stage_maker = {"cortex_m::quantized_linear.out", make_linear};

}  // namespace cortado::ops
