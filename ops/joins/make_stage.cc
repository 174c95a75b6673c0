#include <algorithm>

#include "ops/joins/contract.h"
#include "ops/joins/stage.h"
#include "ops/operands.h"
#include "ops/stage_draft.h"

namespace cortado::ops {
namespace {

// How many pieces each row of the joined tensor has; nullopt: its rows are none of the parts'.
std::optional<std::int32_t> pieces_of(const ir::Type& type, std::size_t dim, const RowShape& shape) {
  if (shape.is_image && dim == 1) return shape.width;
  const bool joins_rows = shape.is_image ? dim != 3 || shape.along_width : dim != type.full_dim_order().back();
  return joins_rows ? std::nullopt : std::optional(1);
}

// Whether a part's rows are rows of the whole but for what lies in them.
bool is_part(const RowShape& part, const RowShape& whole, bool is_of_pixels) {
  return part.rows == whole.rows && part.is_image == whole.is_image && part.along_width == whole.along_width &&
         part.element_bytes == whole.element_bytes && (!is_of_pixels || part.width == whole.width);
}

// The stage that joins rows of `self` (null: what the stage before it has made) and `other` to rows of `made`.
StageDraft join(ir::Value* self, ir::Value* other, std::int32_t pieces, const RowShape& made) {
  StageDraft draft;
  draft.stage = JoinsStage::id;
  draft.inputs = {self, other};
  draft.numbers = {pieces};
  draft.made = made;
  draft.macs = static_cast<std::uint64_t>(made.rows) * static_cast<std::uint64_t>(made.row_bytes());
  draft.cycles_per_16_macs = 4;  // bytes that are copied
  return draft;
}

// Pair by pair: the first two, what they make and the third, and so on.
StageDraft join_all(const ir::ValueList& parts, std::int32_t pieces, bool is_of_columns) {
  RowShape made = *row_shape(parts[0]->type);
  std::vector<StageDraft> stages;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const RowShape next = *row_shape(parts[i]->type);
    (is_of_columns ? made.width : made.channels) += is_of_columns ? next.width : next.channels;
    stages.push_back(join(i == 1 ? parts[0] : nullptr, parts[i], pieces, made));
  }
  StageDraft last = std::move(stages.back());
  stages.pop_back();
  last.before = std::move(stages);
  return last;
}

std::optional<StageDraft> make_cat(const ir::Node& node) {
  const ir::Argument* given = node.find("tensors");
  const auto* parts = given != nullptr ? std::get_if<ir::ValueList>(given) : nullptr;
  const ir::Type& type = node.outputs[0]->type;
  const auto shape = row_shape(type);
  if (parts == nullptr || parts->size() < 2 || !shape) return {};
  const std::size_t dim = Operands::dimension(number_of(node, "dim"), type.shape.size());
  const bool is_of_pixels = shape->is_image && dim == 1;
  const auto pieces = pieces_of(type, dim, *shape);
  if (!pieces || !std::all_of(parts->begin(), parts->end(), [&](const ir::Value* part) {
        const auto its = row_shape(part->type);
        return its && part->type.shape.size() == type.shape.size() && is_part(*its, *shape, is_of_pixels);
      }))
    return {};
  StageDraft draft = join_all(*parts, *pieces, shape->is_image && !is_of_pixels);
  draft.output = node.outputs[0];
  return draft;
}

}  // namespace

extern const StageMaker joins_stage_maker;
const StageMaker joins_stage_maker = {CatArgs::name, make_cat};

}  // namespace cortado::ops
