// Where float and int8 meet: quantize_per_tensor and dequantize_per_tensor nodes, one for each value and parameters.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

class Borders {
 public:
  explicit Borders(ir::Graph& graph) : graph_(&graph) {}

  // `value` with the given parameters: itself, a constant made now, or the result of a node that is inserted before
  // `before` (null: at the end). Ask in order of execution: an earlier answer is used again.
  ir::Value* quantized(ir::Value& value, const ir::Quantization& quantization, const ir::Node* before);
  // `value` in f32, likewise.
  ir::Value* real(ir::Value& value, const ir::Node* before);

 private:
  ir::Graph* graph_;
  std::map<ir::Value*, std::vector<std::pair<ir::Quantization, ir::Value*>>> quantized_;  // looked up only
  std::map<ir::Value*, ir::Value*> real_;
};

}  // namespace cortado::compiler
