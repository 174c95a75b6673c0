#include "ops/stage_draft.h"

#include <algorithm>

namespace cortado::ops {
namespace {

constexpr std::int64_t limit = std::int64_t{1} << 30;

// Whether memory order is N, H, W, C, dimensions of size 1 moving freely.
bool is_nhwc(const ir::Type& type) {
  constexpr int position[4] = {0, 3, 1, 2};
  int previous = -1;
  for (const std::uint8_t dim : type.full_dim_order()) {
    if (type.shape[dim] == 1) continue;
    if (position[dim] < previous) return false;
    previous = position[dim];
  }
  return true;
}

}  // namespace

std::optional<RowShape> row_shape(const ir::Type& type) {
  const auto element_bytes = static_cast<std::int64_t>(size_bytes(type.dtype));
  const std::int64_t elements = type.elements();
  if (elements < 1 || elements > limit / 4 || element_bytes < 1 || element_bytes > 4) return {};
  RowShape shape;
  shape.element_bytes = static_cast<std::int32_t>(element_bytes);
  const ir::Shape& s = type.shape;
  if (s.size() == 4 && s[0] == 1 && is_nhwc(type)) {
    shape.is_image = true;
    shape.along_width = s[2] == 1 && s[3] > 1;
    shape.rows = static_cast<std::int32_t>(shape.along_width ? s[3] : s[2]);
    shape.width = static_cast<std::int32_t>(shape.along_width ? 1 : s[3]);
    shape.channels = static_cast<std::int32_t>(s[1]);
    return shape;
  }
  const std::int64_t last = s.empty() ? 1 : s[type.full_dim_order().back()];
  shape.rows = static_cast<std::int32_t>(elements / last);
  shape.width = 1;
  shape.channels = static_cast<std::int32_t>(last);
  return shape;
}

void StageDraft::add_constant(const ir::Value& value) {
  const ir::Tensor physical = ir::to_physical(value.data, value.type.dim_order);
  const auto bytes = physical.bytes();
  constants.emplace_back(bytes.begin(), bytes.end());
}

void StageDraft::add_constant(const std::vector<std::int32_t>& values) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
  constants.emplace_back(bytes, bytes + values.size() * sizeof(std::int32_t));
}

std::optional<ImageStage> image_stage(const ir::Value& input, const ir::Value& output, std::vector<std::int64_t> kernel,
                                      const ir::Node& node) {
  const auto in = row_shape(input.type), out = row_shape(output.type);
  if (!in || !out || !in->is_image || !out->is_image || in->along_width != out->along_width) return {};
  const auto stride = integers_of(node, "stride"), padding = integers_of(node, "padding");
  const auto given = integers_of(node, "dilation");
  const std::vector<std::int64_t> dilation = given.empty() ? std::vector<std::int64_t>{1, 1} : given;
  if (kernel.size() != 2 || stride.size() != 2 || padding.size() != 2 || dilation.size() != 2) return {};
  for (const auto& list : {kernel, stride, padding, dilation})
    if (std::any_of(list.begin(), list.end(), [](std::int64_t v) { return v < 0 || v >= 1 << 14; })) return {};
  ImageStage stage{*in, *out, {}, {}, in->along_width};
  const auto window = [&](std::size_t i, std::int32_t input_size, std::int32_t output_size) {
    const auto narrow = [](std::int64_t value) { return static_cast<std::int32_t>(value); };
    return Window{input_size, output_size, narrow(kernel[i]), narrow(stride[i]), narrow(padding[i]), narrow(dilation[i])};
  };
  stage.y = window(stage.turned ? 1 : 0, in->rows, out->rows);
  stage.x = window(stage.turned ? 0 : 1, in->width, out->width);
  return stage;
}

ir::Tensor turned_kernel(const ir::Tensor& weight) {
  const std::int64_t order[4] = {0, 2, 1, 3};
  return ir::permuted(weight, order);
}

std::int32_t number_of(const ir::Node& node, std::string_view argument) {
  const ir::Argument* given = node.find(argument);
  if (given == nullptr) return 0;
  if (const auto* integer = std::get_if<std::int64_t>(given)) return static_cast<std::int32_t>(*integer);
  if (const auto* flag = std::get_if<bool>(given)) return *flag ? 1 : 0;
  return 0;
}

ir::Value* value_of(const ir::Node& node, std::string_view argument) {
  const ir::Argument* given = node.find(argument);
  const auto* value = given != nullptr ? std::get_if<ir::Value*>(given) : nullptr;
  return value != nullptr ? *value : nullptr;
}

std::vector<std::int64_t> integers_of(const ir::Node& node, std::string_view argument) {
  const ir::Argument* given = node.find(argument);
  const auto* list = given != nullptr ? std::get_if<std::vector<std::int64_t>>(given) : nullptr;
  return list != nullptr ? *list : std::vector<std::int64_t>();
}

std::optional<StageDraft> make_stage(const ir::Node& node) {
  for (std::uint32_t i = 0; i < all_stage_makers.count; ++i)
    if (all_stage_makers.rows[i]->op == node.op) return all_stage_makers.rows[i]->make(node);
  return {};
}

}  // namespace cortado::ops
