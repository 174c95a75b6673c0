// Small q/dq graphs for tests.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler::testing {

inline ir::Type f32(ir::Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }

struct Qdq {
  double scale = 0.5;
  std::int64_t zero_point = 0;
  DType dtype = DType::i8;
  std::int64_t low = -128, high = 127;
};

inline ir::Value* add_qdq(ir::Graph& graph, const char* direction, ir::Value* input, Qdq qdq, ir::Type type) {
  return graph
      .append(std::string("quantized_decomposed::") + direction + "_per_tensor.default", std::string(direction),
              {{"input", input},
               {"scale", qdq.scale},
               {"zero_point", qdq.zero_point},
               {"quant_min", qdq.low},
               {"quant_max", qdq.high},
               {"dtype", qdq.dtype}},
              {std::move(type)})
      ->outputs[0];
}
inline ir::Value* quantize(ir::Graph& graph, ir::Value* input, Qdq qdq = {}) {
  ir::Type type = input->type;
  type.dtype = qdq.dtype;
  return add_qdq(graph, "quantize", input, qdq, type);
}
inline ir::Value* dequantize(ir::Graph& graph, ir::Value* input, Qdq qdq = {}) {
  return add_qdq(graph, "dequantize", input, qdq, f32(input->type.shape));
}

}  // namespace cortado::compiler::testing
