// The call of a wire operator as a graph of one node, recorded while a kernel reads its arguments.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::tests {

struct RecordedCall {
  ir::Graph graph;                   // one node; every result is an output
  std::vector<ir::Tensor> inputs;    // what the graph's inputs hold, in logical order
  std::vector<ops::Tensor> outputs;  // in the memory of who gave them
};

// Which of the tensor arguments are constants of the graph; the rest are its inputs.
using IsConstant = std::function<bool(std::string_view name, const ops::Tensor&)>;

// Prepares `wire`'s kernel with the arguments that `reader` gives.
ErrorCode prepare_and_record(const ops::WireOperator& wire, ops::ArgumentReader& reader, void* plan,
                             const IsConstant& is_constant, RecordedCall& call);

// Logical order, from the order of the tensor's memory.
ir::Tensor logical_tensor(const ops::Tensor& tensor);

}  // namespace cortado::tests
