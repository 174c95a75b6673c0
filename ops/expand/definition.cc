// Repetitions of a tensor.
#include "ops/host/broadcast.h"
#include "ops/host/rewrites.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Views expanded(const ir::Shape& shape, ir::Shape wanted) {
  if (wanted.size() < shape.size()) return input_error("the wanted shape has fewer dimensions than the input");
  const std::size_t leading = wanted.size() - shape.size();
  for (std::size_t d = 0; d < wanted.size(); ++d) {
    if (wanted[d] == -1 && d >= leading) wanted[d] = shape[d - leading];
    if (wanted[d] < 0 || (d >= leading && shape[d - leading] != 1 && shape[d - leading] != wanted[d]))
      return input_error("the input does not stretch to the wanted shape");
  }
  std::vector<std::int64_t> strides = broadcast_strides(shape, wanted);
  return one(View{std::move(wanted), std::move(strides)});
}

Views expand(const Operands& operands, const ir::Shape& shape) { return expanded(shape, operands.integers("size")); }
Views expand_as(const Operands& operands, const ir::Shape& shape) { return expanded(shape, operands.shape("other")); }

// Dimension d becomes times[d] copies of itself, one after the other. Missing times are 1, missing dimensions too.
Views repeated(const ir::Shape& input, std::vector<std::int64_t> times) {
  ir::Shape shape = input;
  while (shape.size() < times.size()) shape.insert(shape.begin(), 1);
  while (times.size() < shape.size()) times.insert(times.begin(), 1);
  const std::vector<std::int64_t> strides = ir::contiguous_strides(shape);
  View view;
  ir::Shape result;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    std::int64_t size = 0;
    if (times[d] < 0 || __builtin_mul_overflow(times[d], shape[d], &size))
      return input_error("the repeats are negative or too large");
    view.shape.insert(view.shape.end(), {times[d], shape[d]});
    view.strides.insert(view.strides.end(), {0, strides[d]});
    result.push_back(size);
  }
  return one(reshape(std::move(view), std::move(result)));
}

Views repeat(const Operands& operands, const ir::Shape& shape) {
  const std::vector<std::int64_t> times = operands.integers("repeats");
  if (times.size() < shape.size()) return input_error("there are fewer repeats than dimensions");
  return repeated(shape, times);
}
Views tile(const Operands& operands, const ir::Shape& shape) { return repeated(shape, operands.integers("dims")); }

// Every element `repeats` times in a row, along a dimension or of the flattened input.
Views repeat_interleave(const Operands& operands, const ir::Shape& input) {
  const bool flattens = !operands.has("dim");
  const ir::Shape shape = flattens ? ir::Shape{ir::element_count(input)} : input;
  CORTADO_TRY(const std::size_t dim, dimension(flattens ? 0 : operands.integer("dim"), shape.size()));
  const std::int64_t times = operands.integer("repeats");
  View view = whole(shape.empty() ? ir::Shape{1} : shape);
  ir::Shape result = view.shape;
  if (times < 0 || __builtin_mul_overflow(result[dim], times, &result[dim]))
    return input_error("the repeats are negative or too large");
  view.shape.insert(view.shape.begin() + static_cast<std::ptrdiff_t>(dim) + 1, times);
  view.strides.insert(view.strides.begin() + static_cast<std::ptrdiff_t>(dim) + 1, 0);
  return one(reshape(std::move(view), std::move(result)));
}

// expand.default; nothing to stretch is a view.
Status rewrite_expand(const Operands& operands, Rewriter& rewriter) {
  const ir::Shape& wanted = operands.output_type().shape;
  if (ir::element_count(operands.shape("self")) == ir::element_count(wanted)) return to_view(operands, rewriter);
  if (operands.node().op == "aten::expand.default") return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::expand.default", {{"self", operands.value("self")}, {"size", wanted}}));
  return rewriter.finish({y});
}

// repeat.default, with a number per dimension.
Status rewrite_tile(const Operands& operands, Rewriter& rewriter) {
  if (operands.output_type().shape == operands.shape("self")) return to_first_argument(operands, rewriter);
  if (operands.node().op == "aten::repeat.default") return {};
  std::vector<std::int64_t> times = operands.integers("dims");
  while (times.size() < operands.shape("self").size()) times.insert(times.begin(), 1);
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::repeat.default", {{"self", operands.value("self")}, {"repeats", times}}));
  return rewriter.finish({y});
}

// A new dimension behind the repeated one, stretched, then merged.
Status rewrite_repeat_interleave(const Operands& operands, Rewriter& rewriter) {
  const ir::Shape& input = operands.shape("self");
  ir::Shape shape = operands.has("dim") && !input.empty() ? input : ir::Shape{ir::element_count(input)};
  const std::size_t dim = operands.has("dim") ? Operands::dimension(operands.integer("dim"), shape.size()) : 0;
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(dim) + 1, 1);
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::view.default", {{"self", operands.value("self")}, {"size", shape}}));
  shape[dim + 1] = operands.integer("repeats");
  CORTADO_TRY(y, rewriter.add("aten::expand.default", {{"self", y}, {"size", shape}}));
  CORTADO_TRY(y, rewriter.add("aten::view.default", {{"self", y}, {"size", operands.output_type().shape}}));
  return rewriter.finish({y});
}

}  // namespace

void add_expand(Registry& r) {
  // clang-format off: one line, one operator
  r.add(movement<expand>("aten::expand.default", "Tensor self, SymInt[] size, *, bool implicit=False", "stretches dimensions of size 1", "aten::expand_copy.out", Sharing::view));
  r.add(movement<expand>("aten::expand_copy.default", "Tensor self, SymInt[] size, *, bool implicit=False", "stretches dimensions of size 1", "aten::expand_copy.out", Sharing::copy));
  r.add(movement<expand>("aten::broadcast_to.default", "Tensor self, SymInt[] size", "stretches dimensions of size 1", "", Sharing::view));
  r.add(movement<expand_as>("aten::expand_as.default", "Tensor self, Tensor other", "stretches dimensions of size 1", "", Sharing::view));
  r.add(movement<repeat>("aten::repeat.default", "Tensor self, SymInt[] repeats", "copies along every dimension", "aten::repeat.out", Sharing::copy));
  r.add(movement<tile>("aten::tile.default", "Tensor self, SymInt[] dims", "copies along every dimension", "", Sharing::copy));
  r.add(movement<repeat_interleave>("aten::repeat_interleave.self_int", "Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None", "every element several times in a row", "", Sharing::copy));
  // clang-format on
  r.set_rewrite(
      {"aten::expand.default", "aten::expand_copy.default", "aten::broadcast_to.default", "aten::expand_as.default"},
      rewrite_expand);
  r.set_rewrite({"aten::repeat.default", "aten::tile.default"}, rewrite_tile);
  r.set_rewrite({"aten::repeat_interleave.self_int"}, rewrite_repeat_interleave);
}

}  // namespace cortado::ops
