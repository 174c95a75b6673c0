// What a compilation has to tell besides the program.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cortado::compiler {

// A node that still computes in float in the program. Never silent: the tools print these.
struct FloatOperator {
  std::string node;           // "layer_norm_1"
  std::string op;             // "aten::layer_norm.default"
  std::string reason;         // "no integer form yet"
  std::string source;         // the user's line, may be empty
  std::int64_t elements = 0;  // of its output: the cost, in the unit that all nodes share
  std::string module;         // "encoder.layers.0", may be empty
};

// "node (op): reason; N numbers in float", and the user's line below it, each line after two spaces.
std::string to_text(const FloatOperator& node);

// Multiply-accumulates of convolutions, linear layers and matrix products on int8.
struct Work {
  std::uint64_t macs = 0;
  std::uint64_t macs_before = 0;     // with the channels that were left out
  std::size_t channels_dropped = 0;  // of all values together
};

struct Report {
  // Why quantization left nodes in float, by name; those that become an instruction are in float_operators, too.
  std::map<std::string, std::string> float_reasons;
  std::vector<FloatOperator> float_operators;  // in order of execution
  Work work;                                   // of the lowered graph
  std::vector<std::string> notices;            // one sentence each, for stderr
};

}  // namespace cortado::compiler
