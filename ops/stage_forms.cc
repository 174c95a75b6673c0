#include "ops/stage_forms.h"

#include <algorithm>
#include <cstring>

#include "ops/lines.h"

namespace cortado::ops {
namespace {

std::uint64_t product(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b) * static_cast<std::uint64_t>(c);
}

struct WindowDraft {
  StageDraft draft;
  RowShape output;
  bool turned = false;  // images stream along their width: rows are columns, and kernels must be turned too
};

// Windows from the node's arguments, two-element lists y, x.
std::optional<WindowDraft> window_draft(std::uint32_t stage, const ir::Node& node,
                                        const std::vector<std::int64_t>& kernel) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const auto in = row_shape(input->type), out = row_shape(output->type);
  if (!in || !out || !in->is_image || !out->is_image || in->along_width != out->along_width) return {};
  const auto stride = integers_of(node, "stride"), padding = integers_of(node, "padding");
  const auto given = integers_of(node, "dilation");
  const std::vector<std::int64_t> dilation = given.empty() ? std::vector<std::int64_t>{1, 1} : given;
  if (kernel.size() != 2 || stride.size() != 2 || padding.size() != 2 || dilation.size() != 2) return {};
  for (const auto& list : {kernel, stride, padding, dilation})
    if (std::any_of(list.begin(), list.end(), [](std::int64_t v) { return v < 0 || v >= 1 << 14; })) return {};
  const auto window = [&](std::size_t i, std::int32_t input_size, std::int32_t output_size) {
    const auto narrow = [](std::int64_t value) { return static_cast<std::int32_t>(value); };
    return Window{input_size,        output_size,        narrow(kernel[i]),
                  narrow(stride[i]), narrow(padding[i]), narrow(dilation[i])};
  };
  WindowDraft result{{}, *out, in->along_width};
  result.draft.stage = stage;
  result.draft.inputs = {input};
  result.draft.output = output;
  result.draft.y = window(result.turned ? 1 : 0, in->rows, out->rows);
  result.draft.x = window(result.turned ? 0 : 1, in->width, out->width);
  if (result.draft.y.kernel > max_stage_kernel_rows) return {};
  return result;
}

// Appends the constants bias, multipliers and shifts and the numbers of the output; false: a constant is not known.
bool add_channel_output(const ir::Node& node, std::int64_t channels, StageDraft& draft) {
  const ir::Value* const bias = value_of(node, "bias");
  const ir::Value* const parts[] = {bias, value_of(node, "requantize_multipliers"),
                                    value_of(node, "requantize_shifts")};
  if (bias == nullptr) draft.add_constant(std::vector<std::int32_t>(static_cast<std::size_t>(channels), 0));
  for (const ir::Value* value : parts) {
    if (value == nullptr) continue;
    if (value->kind != ir::ValueKind::constant) return false;
    draft.add_constant(*value);
  }
  for (const char* name : {"output_offset", "activation_min", "activation_max"})
    draft.numbers.push_back(number_of(node, name));
  return true;
}

// Swaps the two dimensions after the first of a weight laid as [o, kernel y, kernel x, i].
ir::Tensor turned_kernel(const ir::Tensor& weight) {
  const std::int64_t order[4] = {0, 2, 1, 3};
  return ir::permuted(weight, order);
}

}  // namespace

std::optional<StageDraft> elementwise_stage(std::uint32_t stage, const ir::Node& node,
                                            std::initializer_list<std::string_view> inputs, std::uint64_t operations) {
  StageDraft draft;
  draft.stage = stage;
  draft.output = node.outputs[0];
  const auto shape = row_shape(draft.output->type);
  for (const std::string_view name : inputs) {
    ir::Value* input = value_of(node, name);
    if (!shape || row_shape(input->type) != shape) return {};
    draft.inputs.push_back(input);
  }
  draft.macs = static_cast<std::uint64_t>(draft.output->type.elements()) * operations;
  return draft;
}

std::optional<StageDraft> scaled_stage(std::uint32_t stage, const ir::Node& node, DType from, DType to,
                                       float (*of_scale)(double scale)) {
  ir::Value* input = value_of(node, "input");
  ir::Value* output = node.outputs[0];
  const auto in = row_shape(input->type), out = row_shape(output->type);
  const ir::Argument* given = node.find("scale");
  const double* scale = given != nullptr ? std::get_if<double>(given) : nullptr;
  if (!in || !out || scale == nullptr || input->type.dtype != from || output->type.dtype != to ||
      in->rows != out->rows || in->width != out->width || in->channels != out->channels)
    return {};
  const float narrow = of_scale(*scale);
  std::int32_t bits = 0;
  std::memcpy(&bits, &narrow, sizeof bits);
  StageDraft draft;
  draft.stage = stage;
  draft.inputs = {input};
  draft.output = output;
  draft.numbers = {bits, number_of(node, "zero_point")};
  draft.macs = static_cast<std::uint64_t>(output->type.elements()) * 4;
  return draft;
}

std::optional<StageDraft> pool_stage(std::uint32_t stage, const ir::Node& node) {
  auto window = window_draft(stage, node, integers_of(node, "kernel_size"));
  if (!window) return {};
  StageDraft& draft = window->draft;
  draft.macs = product(draft.output->type.elements(), draft.y.kernel, draft.x.kernel);
  return std::move(draft);
}

const ir::Value* filter_of(const ir::Node& node) {
  const ir::Value* weight = value_of(node, "weight");
  return weight != nullptr && weight->kind == ir::ValueKind::constant && weight->type.shape.size() == 4 ? weight
                                                                                                        : nullptr;
}

std::optional<StageDraft> filter_stage(std::uint32_t stage, const ir::Node& node, const ir::Value& weight,
                                       std::int64_t channels, std::int32_t first_number) {
  auto window = window_draft(stage, node, {weight.type.shape[1], weight.type.shape[2]});
  if (!window) return {};
  StageDraft& draft = window->draft;
  draft.numbers = {first_number, number_of(node, "input_offset")};
  const ir::Tensor kernel = window->turned ? turned_kernel(weight.data) : weight.data;
  draft.constants.emplace_back(kernel.bytes().begin(), kernel.bytes().end());
  if (!add_channel_output(node, channels, draft)) return {};
  if (draft.y.kernel > 1 || draft.x.kernel > 1)
    draft.outside = -draft.numbers[1];  // patches of one pixel are packed as rows
  draft.macs = product(weight.type.elements(), window->output.rows, window->output.width);
  return std::move(draft);
}

}  // namespace cortado::ops
