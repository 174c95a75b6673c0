#include <cstring>

#include "ops/dequantize/stage.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

std::optional<StageDraft> make(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const auto in = row_shape(input->type), out = row_shape(output->type);
  const ir::Argument* given = node.find("scale");
  const double* scale = given != nullptr ? std::get_if<double>(given) : nullptr;
  if (!in || !out || scale == nullptr || input->type.dtype != DType::i8 || output->type.dtype != DType::f32 ||
      in->rows != out->rows || in->width != out->width || in->channels != out->channels)
    return {};
  const auto narrow = static_cast<float>(*scale);
  std::int32_t bits = 0;
  std::memcpy(&bits, &narrow, sizeof bits);
  StageDraft draft;
  draft.stage = DequantizeStage::id;
  draft.inputs = {input};
  draft.output = output;
  draft.numbers = {bits, number_of(node, "zero_point")};
  draft.macs = static_cast<std::uint64_t>(output->type.elements()) * 4;
  return draft;
}

}  // namespace

extern const StageMaker dequantize_stage_maker;
const StageMaker dequantize_stage_maker = {"cortex_m::dequantize_per_tensor.out", make};

}  // namespace cortado::ops
