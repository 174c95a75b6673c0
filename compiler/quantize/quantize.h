// Float graph + ranges → typed graph: every value that can be int8 has its quantized type.
//
// Afterwards the nodes are still aten::…; weights are int8 constants and biases int32 constants with the scale
// input · weight; quantize_per_tensor and dequantize_per_tensor nodes stand where float and int8 meet. The output of a
// node whose activation will be fused stays f32 and has that activation as its only user.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/calibrate/ranges.h"
#include "compiler/options.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

struct QuantizeOptions {
  Io io = Io::float32;
  std::map<std::string, Io> io_by_name;  // exceptions, by the name of the input or output
  std::set<std::string> keep_float;      // names of nodes or modules that the user wants in float
  bool correct_bias = true;              // see correct_bias.h
};

// Why each node that stays in float does, by the node's name.
using FloatReasons = std::map<std::string, std::string>;

//
// Errors: ranges of another model or without a value that is needed (Fault::input), weights that are not finite
// (Fault::input), a name in the options that the model does not have (Fault::usage). The graph is unspecified after an
// error.
Result<FloatReasons> quantize(ir::Graph& graph, const Ranges& ranges, const QuantizeOptions& options = {});

}  // namespace cortado::compiler
