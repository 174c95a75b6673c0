// A tensor out of a file, with the name it has there.
#pragma once

#include <string>
#include <vector>

#include "ir/tensor.h"

namespace cortado::formats {

struct NamedTensor {
  std::string name;  // "" where the format has none
  ir::Tensor tensor;
};
using NamedTensors = std::vector<NamedTensor>;

}  // namespace cortado::formats
