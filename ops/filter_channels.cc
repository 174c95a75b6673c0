#include "ops/filter_channels.h"

#include <algorithm>

#include "ops/stage_forms.h"
#include "support/fixed_point.h"

namespace cortado::ops {

SumRange product_range(std::int32_t weight, Interval x, std::int32_t offset) {
  const std::int64_t at_low = std::int64_t{weight} * (x.low + offset),
                     at_high = std::int64_t{weight} * (x.high + offset);
  return {std::min(at_low, at_high), std::max(at_low, at_high)};
}

bool SumRange::wrap() {
  const std::int64_t width = greatest - least;
  least = wrapped(least);
  greatest = least + width;
  return greatest <= INT32_MAX;
}

bool has_filter(const ir::Node& node, std::int64_t outputs) {
  const ir::Value *input = value_of(node, "input"), *weight = filter_of(node), *bias = value_of(node, "bias");
  if (input == nullptr || weight == nullptr || !is_int8(input->type) || !is_int8(weight->type) ||
      !is_int8(node.outputs[0]->type) || input->kind == ir::ValueKind::constant || input->type.shape.size() != 4 ||
      node.outputs[0]->type.elements() == 0)
    return false;
  for (const char* name : {"stride", "padding", "dilation"})
    if (integers_of(node, name).size() != 2) return false;
  const auto is_vector = [&](const ir::Value* value) {
    return value != nullptr && value->kind == ir::ValueKind::constant && value->type.dtype == DType::i32 &&
           value->data.elements() == outputs;
  };
  return (bias == nullptr || is_vector(bias)) && is_vector(value_of(node, "requantize_multipliers")) &&
         is_vector(value_of(node, "requantize_shifts"));
}

Filter::Filter(const ir::Node& node)
    : weight_(filter_of(node)),
      bias_(value_of(node, "bias")),
      multipliers_(value_of(node, "requantize_multipliers")),
      shifts_(value_of(node, "requantize_shifts")),
      input_offset_(number_of(node, "input_offset")),
      output_offset_(number_of(node, "output_offset")),
      activation_min_(number_of(node, "activation_min")),
      activation_max_(number_of(node, "activation_max")),
      y_(axis(node, 0)),
      x_(axis(node, 1)) {}

Filter::Axis Filter::axis(const ir::Node& node, std::size_t dimension) const {
  const auto number = [&](const char* name) { return integers_of(node, name)[dimension]; };
  return {value_of(node, "input")->type.shape[2 + dimension],
          node.outputs[0]->type.shape[2 + dimension],
          weight_->type.shape[1 + dimension],
          number("stride"),
          number("padding"),
          number("dilation")};
}

bool Filter::may_be_outside(std::int64_t row, std::int64_t column) const {
  return y_.may_be_outside(row) || x_.may_be_outside(column);
}

bool Filter::is_always_inside() const {
  return !y_.may_be_outside(0) && !y_.may_be_outside(y_.kernel - 1) && !x_.may_be_outside(0) &&
         !x_.may_be_outside(x_.kernel - 1);
}

Interval Filter::output_range(std::size_t o, SumRange sum) const {
  const std::int32_t multiplier = multipliers_->data.data<std::int32_t>()[o],
                     shift = shifts_->data.data<std::int32_t>()[o];
  if (!sum.wrap() || shift < -31 || shift > 31) return {};
  const auto result = [&](std::int64_t value) {
    const std::int64_t scaled =
        std::int64_t{requantize(static_cast<std::int32_t>(value), multiplier, shift)} + output_offset_;
    const auto limited = static_cast<std::int32_t>(std::clamp<std::int64_t>(scaled, INT32_MIN, INT32_MAX));
    return clamp(limited, activation_min_, activation_max_);
  };
  // Results rise with sums, or fall where the factor is negative.
  const std::int32_t a = result(sum.least), b = result(sum.greatest);
  return {std::min(a, b), std::max(a, b)};
}

void Filter::set_outputs(ir::Graph& graph, ir::Node& node, ir::Tensor bias, const std::vector<std::size_t>* kept) {
  graph.set_argument(node, "bias", graph.add_constant(node.name + "_bias", only(bias, 0, kept)));
  if (kept == nullptr) return;
  for (const char* name : {"requantize_multipliers", "requantize_shifts"})
    graph.set_argument(node, name, only(graph, *value_of(node, name), 0, kept));
}

}  // namespace cortado::ops
