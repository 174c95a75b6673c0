// PyTorch's quantize and dequantize nodes, read.
#pragma once

#include <optional>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

enum class QdqKind : std::uint8_t { none, quantize, dequantize };

// Per tensor or per channel, with parameters as numbers or as constant tensors.
QdqKind qdq_kind(const ir::Node& node);

struct QdqParameters {
  DType dtype = DType::i8;  // of the integers
  ir::Quantization quantization;
  friend bool operator==(const QdqParameters&, const QdqParameters&) = default;
};

// Of a quantize or dequantize node. Input errors, at the node: parameters that are not constants, scales that are not
// finite and above zero, an axis or a number of scales that does not fit the tensor, limits outside the type.
Result<QdqParameters> qdq_parameters(const ir::Node& node);

// The tensor that a quantize or dequantize node takes; null when it is missing.
ir::Value* qdq_input(const ir::Node& node);

// Inserts quantize_per_tensor (or dequantize_per_tensor) of `value` before `before` and gives its result.
ir::Value* insert_quantize(ir::Graph& graph, const ir::Node* before, ir::Value& value, const QdqParameters& parameters);
ir::Value* insert_dequantize(ir::Graph& graph, const ir::Node* before, ir::Value& value);

}  // namespace cortado::compiler
