// The outputs of `cortado run` on stdout.
#pragma once

#include <string>
#include <vector>

#include "tools/execute.h"

namespace cortado::tools {

struct PrintOptions {
  std::size_t top = 0;               // of output 0: the largest elements only; 0: all outputs
  std::vector<std::string> classes;  // the elements' names; may be empty
};

// The names of classes: one a line, in order.
Result<std::vector<std::string>> read_classes(const std::string& file);

// "output_0 f32[1, 10]: …", or with `top` one line each: the score and the name or index of a class.
void print_outputs(const std::vector<std::string>& names, const Tensors& outputs, const PrintOptions& options);

}  // namespace cortado::tools
