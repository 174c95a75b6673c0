#include "ops/stage_draft.h"

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
