// The text in a .npy that says what its bytes are: {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }.
#pragma once

#include <string>
#include <string_view>

#include "ir/tensor.h"

namespace cortado::formats {

struct NpyHeader {
  DType dtype = DType::f32;
  bool big_endian = false;
  bool fortran_order = false;
  ir::Shape shape;
};

// Errors: malformed, a key missing, an element type that the compiler has not, more than 64 dimensions.
Result<NpyHeader> parse_npy_header(std::string_view text);
// Errors: an element type that NumPy has not.
Result<std::string> npy_header_text(DType dtype, const ir::Shape& shape);

}  // namespace cortado::formats
