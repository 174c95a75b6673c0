// The text form of a graph: one line an input, constant, node or output. For people, golden tests and bug reports.
//
//   graph "forward"
//   input %x : f32[1, 4] order [0, 1]
//   constant %w "fc.weight" : i8[8, 4] q(axis 0, scale [0.5, …], zero [0, …], min -127, max 127) = #5f0c2a9d1e7b3344
//   %linear : f32[1, 8] = aten::linear.default(input=%x, weight=%w, bias=none) from "net.py" 31 "x = self.fc(x)" in
//   "fc" mutate %state = %linear output %linear "y"
#pragma once

#include <string>
#include <string_view>

#include "ir/graph.h"

namespace cortado::ir {

struct TextOptions {
  bool data = false;    // constants and per-channel parameters in full: the text can then be parsed again
  bool sources = true;  // where in the user's code a node comes from
};

// The same graph gives the same text on every host.
std::string to_text(const Graph& graph, const TextOptions& options = {});

// The graph that to_text() printed with data. Values come in the order of the text; everything else is equal.
// Errors, with the line's number: not that form, a name unknown or used twice, a constant printed without its data.
Result<Graph> parse_text(std::string_view text);

}  // namespace cortado::ir
