// Writes a network of images layer by layer, as PyTorch operators with weights from a checkpoint.
//
// The first error is kept and ends the work: later layers do nothing, and finish() returns it.
#pragma once

#include <optional>
#include <string>

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

class Builder {
 public:
  explicit Builder(const Weights& weights) : weights_(weights) {}

  ir::Value* input(const std::string& name, ir::Shape shape);

  struct Conv {
    std::int64_t channels = 0;  // of the output
    std::int64_t kernel = 1;    // square
    std::int64_t stride = 1;    // 1 or 2
    std::int64_t groups = 1;
    // As TensorFlow pads: ceil(size / stride) outputs, the odd row and column at the end.
    bool same_padding = false;
    std::int64_t padding = 0;   // on all sides, without same_padding
    bool bias = false;
  };
  // `module` is the parameter's name up to ".weight".
  ir::Value* conv2d(ir::Value* x, const std::string& module, const Conv& conv);
  ir::Value* batch_norm(ir::Value* x, const std::string& module, double epsilon);
  ir::Value* relu6(ir::Value* x, const std::string& module);
  ir::Value* add(ir::Value* a, ir::Value* b, const std::string& module);
  ir::Value* global_average_pool(ir::Value* x);  // [n, c, h, w] to [n, c]
  ir::Value* linear(ir::Value* x, const std::string& module, std::int64_t features);

  // The graph with `output` as its only output.
  Result<ir::Graph> finish(ir::Value* output);

 private:
  ir::Value* parameter(const std::string& name, const ir::Shape& shape);
  ir::Value* append(const std::string& op, const std::string& name, std::vector<ir::NamedArgument> arguments,
                    ir::Shape shape, const std::string& module);
  bool failed() const { return error_.has_value(); }

  const Weights& weights_;
  ir::Graph graph_;
  std::optional<Diagnostic> error_;
};

}  // namespace cortado::zoo
