// Writes a network layer by layer, as PyTorch operators with weights from a checkpoint.
//
// Problems with the weights are collected there: finish() returns them all at once.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

enum class Activation { none, relu, relu6, hardswish, hardsigmoid };

class Builder {
 public:
  explicit Builder(Weights& weights) : weights_(weights) {}

  ir::Value* input(const std::string& name, ir::Shape shape);

  struct Conv {
    std::int64_t channels = 0;  // of the output
    std::int64_t kernel = 1;    // square
    std::int64_t stride = 1;    // 1 or 2
    std::int64_t groups = 1;
    // As TensorFlow pads: ceil(size / stride) outputs, the odd row and column at the end.
    bool same_padding = false;
    std::int64_t padding = 0;  // on all sides, without same_padding
    bool bias = false;
  };
  // `module` is the parameter's name up to ".weight".
  ir::Value* conv2d(ir::Value* x, const std::string& module, const Conv& conv);
  ir::Value* batch_norm(ir::Value* x, const std::string& module, double epsilon);
  ir::Value* activation(ir::Value* x, const std::string& module, Activation kind);
  ir::Value* linear(ir::Value* x, const std::string& module, std::int64_t features);
  ir::Value* average_pool(ir::Value* x, const std::string& module);  // [n, c, h, w] to [n, c, 1, 1]
  ir::Value* flatten(ir::Value* x);                                  // [n, …] to [n, rest]
  // Two tensors element by element, shapes broadcast.
  ir::Value* add(ir::Value* a, ir::Value* b, const std::string& name) { return binary("add.Tensor", name, a, b); }
  ir::Value* subtract(ir::Value* a, ir::Value* b, const std::string& name) { return binary("sub.Tensor", name, a, b); }
  ir::Value* multiply(ir::Value* a, ir::Value* b, const std::string& name) { return binary("mul.Tensor", name, a, b); }

  // The graph with these outputs, in order.
  Result<ir::Graph> finish(const std::vector<ir::Value*>& outputs);

 private:
  ir::Value* parameter(const std::string& name, const ir::Shape& shape, const MadeUp& made_up);
  ir::Value* append(const std::string& op, const std::string& name, std::vector<ir::NamedArgument> arguments,
                    ir::Shape shape, const std::string& module, double power);
  ir::Value* binary(const std::string& op, const std::string& name, ir::Value* a, ir::Value* b);
  ir::Value* pad_as_tensorflow(ir::Value* x, const std::string& module, const Conv& conv, std::int64_t& padding);
  double power(const ir::Value* value) const { return power_.at(value); }

  Weights& weights_;
  ir::Graph graph_;
  // Roughly the mean square of every value under made-up weights: made-up batch-norm statistics follow it, so that no
  // layer dies or explodes.
  std::unordered_map<const ir::Value*, double> power_;
};

}  // namespace cortado::zoo
