#include "ops/pad/lower.h"

#include <algorithm>

#include "ops/alias/alias.h"
#include "ops/copies/contract.h"
#include "ops/host/selection.h"
#include "ops/int8_operands.h"
#include "ops/pad/contract.h"

namespace cortado::ops::pad {
namespace {

// Images of one channel or one pixel lie the same either way; the kernel takes them for channels-last, and so lays its
// result (see contract.h).
bool lies_the_same_either_way(const ir::Shape& s) { return s[1] == 1 || (s[2] == 1 && s[3] == 1); }

std::vector<std::uint8_t> kernel_order(const ir::Type& type) {
  return type.shape.size() == 4 && lies_the_same_either_way(type.shape) ? ir::channels_last_order : type.dim_order;
}

// Four entries in memory order, with zeros in front for the dimensions that x lacks.
std::vector<std::int64_t> in_memory_order(const std::vector<std::int64_t>& logical, const ir::Type& type) {
  std::vector<std::int64_t> result(4 - type.shape.size(), 0);
  for (std::uint8_t dim : type.full_dim_order()) result.push_back(logical[dim]);
  return result;
}

}  // namespace

ir::Value* padded(ir::Value& x, std::vector<std::int64_t> before, std::vector<std::int64_t> after, std::int64_t value,
                  Lowering& lowering) {
  ir::Type type = x.type;
  type.dim_order = kernel_order(x.type);
  const std::vector<std::int64_t> pre_pad = in_memory_order(before, type);
  const std::vector<std::int64_t> post_pad = in_memory_order(after, type);
  for (std::size_t i = 0; i < type.shape.size(); ++i) type.shape[i] += before[i] + after[i];
  return lowering
      .emit(PadArgs::name, {{"input", &x}, {"pre_pad", pre_pad}, {"post_pad", post_pad}, {"pad_value", value}},
            {std::move(type)})
      ->outputs[0];
}

namespace {

ir::Value* reordered(ir::Value& value, const ir::Type& wanted, Lowering& lowering) {
  if (lies_the_same_either_way(wanted.shape))
    return insert_alias(lowering.graph(), &lowering.node(), value.name, &value, wanted, lowering.node().source)
        ->outputs[0];
  std::vector<std::int64_t> dim_order;
  for (std::uint8_t dim : wanted.full_dim_order()) dim_order.push_back(dim);
  return lowering
      .emit(CloneDimOrderArgs::name, {{"self", &value}, {"non_blocking", false}, {"dim_order", dim_order}}, {wanted})
      ->outputs[0];
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* x = operands.value("self");
  const ir::Value* y = operands.node().outputs[0];
  const std::size_t rank = x->type.shape.size();
  const std::vector<std::int64_t> amounts = operands.integers("pad");  // last dimension first: before, after
  const auto negative = [](std::int64_t amount) { return amount < 0; };
  // What cortex_m::pad does not take.
  if (!is_int8(x) || !is_int8(y) || rank > 4 || std::any_of(amounts.begin(), amounts.end(), negative))
    return lower_selection_with_number(operands, "value", lowering);
  std::vector<std::int64_t> before(rank, 0), after(rank, 0);
  for (std::size_t i = 0; i + 1 < amounts.size() && i / 2 < rank; i += 2) {
    before[rank - 1 - i / 2] = amounts[i];
    after[rank - 1 - i / 2] = amounts[i + 1];
  }
  const std::int64_t value = stored_number(operands.number("value"), *x->type.quantization);
  ir::Value* result = padded(*x, std::move(before), std::move(after), value, lowering);
  if (result->type.dim_order != y->type.dim_order) result = reordered(*result, y->type, lowering);
  lowering.replace(*result);
  return {};
}

}  // namespace cortado::ops::pad
