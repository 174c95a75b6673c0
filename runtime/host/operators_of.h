// What a program needs linked. Host.
#pragma once

#include <string>
#include <vector>

#include "runtime/program.h"

namespace cortado::runtime {

// Wire names, "stage NAME" for those of row streams, and "loop NAME" for these stages' inner loops, each once, in order
// of first use.
std::vector<std::string> operators_of(const Program& program);

}  // namespace cortado::runtime
