// What the fuzz targets share. A target reads whatever bytes it is given; sanitizers and these checks say what is
// wrong.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::fuzz {

inline void require(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what.c_str());
  std::abort();
}

// Damage is the file's fault, told in words.
inline void require_input_error(const Diagnostic& error) {
  require(error.fault == Fault::input && !error.message.empty(), "not an input error: " + error.text());
}

// Touches every byte, so that a sanitizer sees a tensor that is shorter than its shape.
inline void read_all(const ir::Tensor& tensor) {
  volatile std::uint8_t sum = 0;
  for (const std::uint8_t byte : tensor.bytes()) sum = static_cast<std::uint8_t>(sum + byte);
  require(tensor.size_bytes() == static_cast<std::size_t>(tensor.elements()) * size_bytes(tensor.dtype()),
          "a tensor of another size");
}

}  // namespace cortado::fuzz
