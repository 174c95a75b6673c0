#include <algorithm>

#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

// Whether the kernel takes the tensor for N, H, W, C (pad_counts_as_nhwc).
bool counts_as_nhwc(const ir::Type& type) {
  const ir::Shape& s = type.shape;
  return s.size() == 4 && (s[1] == 1 || (s[2] == 1 && s[3] == 1) || type.full_dim_order() == ir::channels_last_order);
}

// A border around an image.
std::optional<StageDraft> make_pad(const ir::Node& node) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const auto in = row_shape(input->type), out = row_shape(output->type);
  const auto before = integers_of(node, "pre_pad"), after = integers_of(node, "post_pad");
  if (!in || !out || !in->is_image || !out->is_image || in->along_width != out->along_width ||
      !counts_as_nhwc(input->type) || !counts_as_nhwc(output->type) || before.size() != 4 || after.size() != 4)
    return {};
  const auto is_small = [](std::int64_t pad) { return pad >= 0 && pad < 1 << 10; };
  if (!std::all_of(before.begin(), before.end(), is_small) || !std::all_of(after.begin(), after.end(), is_small) ||
      before[0] + after[0] + before[3] + after[3] != 0)
    return {};
  StageDraft draft;
  draft.inputs = {input};
  draft.output = output;
  draft.y.padding = static_cast<std::int32_t>(before[in->along_width ? 2 : 1]);
  draft.x.padding = static_cast<std::int32_t>(before[in->along_width ? 1 : 2]);
  draft.outside = number_of(node, "pad_value");
  return draft;
}

}  // namespace

extern const StageMaker pad_stage_maker;
const StageMaker pad_stage_maker = {"cortex_m::pad.out", make_pad};

}  // namespace cortado::ops
