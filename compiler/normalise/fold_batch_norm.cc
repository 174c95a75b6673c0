// Batch normalisation by stored statistics goes into the convolution or linear layer before it,
//
//   w'[o] = w[o] · g[o],   b'[o] = (b[o] − mean[o]) · g[o] + beta[o],   g[o] = gamma[o] / √(variance[o] + eps),
//
// and becomes a depthwise 1×1 convolution (rank 4) or a product and a sum where there is none.
#include <algorithm>
#include <cmath>

#include "compiler/normalise/fold_affine.h"
#include "compiler/normalise/passes.h"
#include "compiler/normalise/recorded_statistics.h"
#include "compiler/normalise/rewrite.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

bool is_batch_norm(const ir::Node& node) {
  return node.op == "aten::batch_norm.default" || node.op == "aten::native_batch_norm.default" ||
         node.op == "aten::_native_batch_norm_legit_no_training.default";
}

// nullopt when a statistic is not a constant or this is training.
std::optional<ChannelAffine> affine_of(const ops::Operands& operands) {
  if (operands.argument("training") != ir::Argument(false) && !operands.argument("training").is_none())
    return std::nullopt;
  const ir::Value* mean = operands.value("running_mean");
  const ir::Value* variance = operands.value("running_var");
  const ir::Value* weight = operands.value("weight");
  const ir::Value* bias = operands.value("bias");
  for (const ir::Value* value : {mean, variance})
    if (value == nullptr || value->kind != ir::ValueKind::constant) return std::nullopt;
  for (const ir::Value* value : {weight, bias})
    if (value != nullptr && value->kind != ir::ValueKind::constant) return std::nullopt;
  ChannelAffine affine;
  const double eps = operands.number("eps");
  for (std::int64_t c = 0; c < mean->data.elements(); ++c) {
    const double gain =
        (weight != nullptr ? weight->data.as_double(c) : 1) / std::sqrt(variance->data.as_double(c) + eps);
    affine.gain.push_back(gain);
    affine.offset.push_back((bias != nullptr ? bias->data.as_double(c) : 0) - mean->data.as_double(c) * gain);
  }
  return affine;
}

// What makes `value`, behind views that leave its first two dimensions as they are: a convolution along one dimension
// is one over images.
ir::Node* layer_behind(const ir::Graph& graph, const ir::Value& value) {
  ir::Node* layer = value.producer;
  while (layer != nullptr && layer->op == "aten::view.default" && graph.use_count(*layer->outputs[0]) == 1) {
    const ir::Value& input = *ir::input_values(*layer)[0];
    const ir::Shape& from = input.type.shape;
    const ir::Shape& to = layer->outputs[0]->type.shape;
    if (from.size() < 2 || to.size() < 2 || from[0] != to[0] || from[1] != to[1]) break;
    layer = input.producer;
  }
  return layer;
}

// Axis of the output channels in the weight, or −1: the normalisation cannot go into this operator.
int channel_axis(const ir::Graph& graph, const ir::Node* layer, std::size_t channels) {
  if (layer == nullptr || graph.use_count(*layer->outputs[0]) != 1) return -1;
  const ops::Definition* definition = ops::registry().find(layer->op);
  if (definition == nullptr || definition->quantization.weight.empty() || definition->quantization.bias.empty())
    return -1;
  // Both must mean the same dimension: linear layers have their channels last.
  const std::size_t rank = layer->outputs[0]->type.shape.size();
  if (rank > 1 && ops::Operands::dimension(definition->quantization.channel_axis, rank) != 1) return -1;
  const ops::Operands operands = operands_of(*layer);
  const ir::Value* weight = operands.value(definition->quantization.weight);
  const ir::Value* bias = operands.value(definition->quantization.bias);
  if (weight == nullptr || weight->kind != ir::ValueKind::constant || weight->data.dtype() != DType::f32) return -1;
  if (bias != nullptr && (bias->kind != ir::ValueKind::constant || bias->data.dtype() != DType::f32)) return -1;
  const int axis = definition->quantization.weight_axis;
  // A grouped transposed convolution has its output channels on two axes.
  return weight->type.shape[static_cast<std::size_t>(axis)] == static_cast<std::int64_t>(channels) ? axis : -1;
}

ir::Tensor channel_tensor(const std::vector<double>& values, const ir::Shape& shape) {
  return ir::Tensor::of<float>(DType::f32, shape, {values.begin(), values.end()});
}

Status stand_alone(Rewriter& rewrite, const ops::Operands& operands, const ChannelAffine& affine) {
  ir::Value* x = operands.value("input");
  const auto channels = static_cast<std::int64_t>(affine.gain.size());
  if (x->type.shape.size() == 4) {
    ir::Value* weight = rewrite.constant("gain", channel_tensor(affine.gain, {channels, 1, 1, 1}));
    ir::Value* bias = rewrite.constant("offset", channel_tensor(affine.offset, {channels}));
    CORTADO_TRY(ir::Value* y, rewrite.add("aten::conv2d.default",
                                          {{"input", x}, {"weight", weight}, {"bias", bias}, {"groups", channels}}));
    rewrite.replace_and_erase(*y);
    return {};
  }
  ir::Shape shape(x->type.shape.size(), 1);
  shape[x->type.shape.size() > 1 ? 1 : 0] = channels;
  CORTADO_TRY(ir::Value* product,
              rewrite.add("aten::mul.Tensor",
                          {{"self", x}, {"other", rewrite.constant("gain", channel_tensor(affine.gain, shape))}}));
  CORTADO_TRY(
      ir::Value* sum,
      rewrite.add("aten::add.Tensor",
                  {{"self", product}, {"other", rewrite.constant("offset", channel_tensor(affine.offset, shape))}}));
  rewrite.replace_and_erase(*sum);
  return {};
}

// A second normalisation would change what the first one recorded.
bool is_normalised_again(const ir::Node& node) {
  const auto& users = node.outputs[0]->users;
  return std::any_of(users.begin(), users.end(), [](const ir::Node* user) { return is_batch_norm(*user); });
}

}  // namespace

RecordedStatistics statistics_before_folding(const ir::Graph& graph) {
  RecordedStatistics recorded;
  for (const auto& node : graph.nodes()) {
    if (!is_batch_norm(*node) || is_normalised_again(*node)) continue;
    const ops::Operands operands = operands_of(*node);
    const std::optional<ChannelAffine> affine = affine_of(operands);
    const ir::Node* layer = affine ? layer_behind(graph, *operands.value("input")) : nullptr;
    if (layer == nullptr || channel_axis(graph, layer, affine->gain.size()) < 0) continue;
    ChannelStatistics& statistics = recorded[layer->outputs[0]->name];
    for (std::size_t c = 0; c < affine->gain.size(); ++c) {
      const auto at = [&](std::string_view name) {
        return operands.value(name)->data.as_double(static_cast<std::int64_t>(c));
      };
      statistics.means.push_back(at("running_mean") * affine->gain[c] + affine->offset[c]);
      statistics.deviations.push_back(std::fabs(affine->gain[c]) * std::sqrt(at("running_var")));
    }
  }
  return recorded;
}

Status fold_batch_norm(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!is_batch_norm(*node)) continue;
    const ops::Operands operands = operands_of(*node);
    const std::optional<ChannelAffine> affine = affine_of(operands);
    if (!affine) continue;
    for (std::size_t i = 1; i < node->outputs.size(); ++i)
      if (graph.use_count(*node->outputs[i]) != 0)
        return ops::at_node(input_error("the saved statistics of a batch normalisation are used"), *node);
    Rewriter rewrite(graph, *node);
    ir::Node* layer = layer_behind(graph, *operands.value("input"));
    const int axis = channel_axis(graph, layer, affine->gain.size());
    if (axis < 0) {
      CORTADO_CHECK(stand_alone(rewrite, operands, *affine));
      continue;
    }
    fold_affine(graph, *layer, axis, *affine);
    rewrite.replace_and_erase(*operands.value("input"));
  }
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
