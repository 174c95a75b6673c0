// Shorthand for writing definitions. Host.
#pragma once

#include <utility>
#include <vector>

#include "ops/definition.h"
#include "ops/host/convert.h"
#include "ops/schema.h"

namespace cortado::ops {

using Types = Result<std::vector<ir::Type>>;
using Tensors = Result<std::vector<ir::Tensor>>;

inline Types one(DType dtype, ir::Shape shape) { return std::vector{ir::Type{dtype, std::move(shape), {}, {}}}; }
inline Tensors one(ir::Tensor tensor) {
  std::vector<ir::Tensor> tensors;
  tensors.push_back(std::move(tensor));
  return tensors;
}
inline ir::Type plain(DType dtype, ir::Shape shape) { return {dtype, std::move(shape), {}, {}}; }

// A dimension given as PyTorch counts it, as an index below `rank` (rank 0 counts as 1); an input error when it is
// out of range.
Result<std::size_t> dimension(std::int64_t dim, std::size_t rank);
// The dimensions of an int[]? argument, each once, ascending; all of them when the list is absent or empty.
Result<std::vector<std::size_t>> dimensions(const Operands& operands, std::string_view name, std::size_t rank);

// The definition with an integer form, in the memory orders that it takes.
using Lower = Status (*)(const Operands&, Lowering&);
inline Definition on_integers(Definition definition, Lower lower, LayoutRule layout = LayoutRule::same) {
  definition.lower = lower;
  definition.layout = layout;
  return definition;
}

// Quantization rules that many operators share.
inline QuantizationRule observed() { return {.output = OutputRule::observed}; }
inline QuantizationRule same_as_input() { return {.output = OutputRule::same_as_input}; }
inline QuantizationRule in_float(std::string_view reason) {
  return {.output = OutputRule::float_only, .float_reason = reason};
}

}  // namespace cortado::ops
