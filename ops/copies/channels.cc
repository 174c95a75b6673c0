#include "ops/copies/contract.h"
#include "ops/elementwise_channels.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

bool keeps_shape(const ir::Node& node) {
  const ir::Value* self = value_of(node, "self");
  return self != nullptr && self->kind != ir::ValueKind::constant && self->type.shape == node.outputs[0]->type.shape;
}

Interval copies_range(const ir::Node&, Interval x, Interval) { return x; }

constexpr ElementwiseChannels copies_form(copies_range, "self", nullptr, keeps_shape);

}  // namespace

extern const ChannelRule copies_channel_rule;
const ChannelRule copies_channel_rule = {CloneDimOrderArgs::name, CloneArgs::name, &copies_form};

}  // namespace cortado::ops
