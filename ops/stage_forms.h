// Drafts of the stages that several operators have in common, from their nodes. Host.
#pragma once

#include "ops/stage_draft.h"

namespace cortado::ops {

// From the tensors `inputs` (names of arguments) that lie as the output does, `operations` for each of its elements.
std::optional<StageDraft> elementwise_stage(std::uint32_t stage, const ir::Node& node,
                                            std::initializer_list<std::string_view> inputs, std::uint64_t operations);

// Between numbers and stored integers: elements of `from` become elements of `to` by the scale, whose f32 bits (as
// `of_scale` makes it) and zero point are the first numbers.
std::optional<StageDraft> scaled_stage(std::uint32_t stage, const ir::Node& node, DType from, DType to,
                                       float (*of_scale)(double scale));

// From a window on the input's image, as the node's arguments kernel_size, stride, padding and dilation say. nullopt:
// input and output do not lie the same way, or the kernel has too many rows for a stage.
std::optional<StageDraft> pool_stage(std::uint32_t stage, const ir::Node& node);

// The same for a convolution whose constant weight is [·, KH, KW, ·] with `channels` outputs; `first_number` is the
// stage's first, input_offset the next. Its constants are weight, bias (zeros where there is none), multipliers and
// shifts.
std::optional<StageDraft> filter_stage(std::uint32_t stage, const ir::Node& node, const ir::Value& weight,
                                       std::int64_t channels, std::int32_t first_number);
// The weight of such a convolution; null: there is none, or it is no constant of rank 4.
const ir::Value* filter_of(const ir::Node& node);

}  // namespace cortado::ops
