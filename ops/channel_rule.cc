#include "ops/channel_rule.h"

#include <algorithm>

namespace cortado::ops {
namespace {

// A tensor as [outer][axis][inner].
struct Split {
  std::int64_t outer = 1, size = 1, inner = 1;
};

Split split_at(const ir::Shape& shape, std::size_t axis) {
  Split split;
  for (std::size_t i = 0; i < shape.size(); ++i)
    (i < axis ? split.outer : i == axis ? split.size : split.inner) *= shape[i];
  return split;
}

}  // namespace

std::size_t channel_axis(const ir::Type& type) {
  return type.shape.size() == 4 ? 1 : type.shape.empty() ? 0 : type.shape.size() - 1;
}

std::size_t channel_count(const ir::Type& type) {
  return type.shape.empty() ? 1 : static_cast<std::size_t>(type.shape[channel_axis(type)]);
}

const ChannelForm* channel_form(const ir::Node& node) {
  for (std::uint32_t i = 0; i < all_channel_rules.count; ++i) {
    const ChannelRule& rule = *all_channel_rules.rows[i];
    if (rule.op != node.op && rule.other_op != node.op) continue;
    return node.outputs.size() == 1 && rule.form->covers(node) ? rule.form : nullptr;
  }
  return nullptr;
}

ir::Tensor only(const ir::Tensor& tensor, std::size_t axis, const std::vector<std::size_t>* kept) {
  if (kept == nullptr) return tensor;
  const Split split = split_at(tensor.shape(), axis);
  ir::Shape shape = tensor.shape();
  shape[axis] = static_cast<std::int64_t>(kept->size());
  ir::Tensor result(tensor.dtype(), std::move(shape));
  const auto run = static_cast<std::size_t>(split.inner) * size_bytes(tensor.dtype());
  const std::uint8_t* from = tensor.bytes().data();
  std::uint8_t* to = result.mutable_bytes().data();
  for (std::int64_t o = 0; o < split.outer; ++o, from += static_cast<std::size_t>(split.size) * run)
    for (const std::size_t index : *kept) to = std::copy_n(from + index * run, run, to);
  return result;
}

ir::Value* only(ir::Graph& graph, const ir::Value& constant, std::size_t axis, const std::vector<std::size_t>* kept) {
  ir::Value* result = graph.add_constant(constant.name, only(constant.data, axis, kept), constant.source_name);
  result->type.dim_order = constant.type.dim_order;
  return result;
}

Intervals intervals_along(const ir::Tensor& tensor, std::size_t axis) {
  const Split split = split_at(tensor.shape(), axis);
  Intervals intervals(static_cast<std::size_t>(split.size), Interval{127, -128});
  const auto* data = tensor.data<std::int8_t>();
  for (std::int64_t o = 0; o < split.outer; ++o)
    for (Interval& interval : intervals)
      for (std::int64_t i = 0; i < split.inner; ++i, ++data) interval = interval.with({*data, *data});
  return intervals;
}

bool is_int8(const ir::Type& type) { return type.dtype == DType::i8; }

std::vector<bool> stays(const ir::Value& value, const ChannelsKept& kept) {
  const std::vector<std::size_t>* list = kept.of(value);
  std::vector<bool> result(channel_count(value.type), list == nullptr);
  if (list != nullptr)
    for (const std::size_t channel : *list) result[channel] = true;
  return result;
}

std::int32_t wrapped(std::int64_t sum) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(sum)); }

}  // namespace cortado::ops
