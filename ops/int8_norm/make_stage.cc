#include "ops/int8_norm/stage.h"
#include "ops/stage_forms.h"

namespace cortado::ops {
namespace {

// A row of the operator must be a pixel of the stream.
std::optional<StageDraft> make_norm(const ir::Node& node) {
  constexpr std::uint64_t operations = 8;
  const ir::Value *factors = value_of(node, "factors"), *offsets = value_of(node, "offsets");
  if (factors->kind != ir::ValueKind::constant || offsets->kind != ir::ValueKind::constant ||
      number_of(node, "inner") != 1)
    return {};
  auto draft = elementwise_stage(NormStage::id, node, {"input"}, operations);
  if (!draft) return {};
  const std::int32_t channels = row_shape(draft->output->type)->channels;
  if (number_of(node, "count") != channels || factors->type.elements() != channels) return {};
  const std::int64_t eps = std::get<std::int64_t>(*node.find("eps"));
  draft->numbers = {static_cast<std::int32_t>(static_cast<std::uint32_t>(eps)), static_cast<std::int32_t>(eps >> 32),
                    number_of(node, "output_zero_point")};
  draft->add_constant(*factors);
  draft->add_constant(*offsets);
  return draft;
}

}  // namespace

extern const StageMaker int8_norm_stage_maker;
const StageMaker int8_norm_stage_maker = {"cortado::quantized_norm.out", make_norm};

}  // namespace cortado::ops
