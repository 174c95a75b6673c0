// NumPy's .npy: one tensor.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "ir/tensor.h"

namespace cortado::formats {

// Versions 1 to 3; C or Fortran order; little- or big-endian; bool, int8…64, uint8, float16…64.
// Errors: other element types (by name), structured types, a damaged header, too few or too many bytes.
Result<ir::Tensor> read_npy(const std::filesystem::path& path);
Result<ir::Tensor> parse_npy(std::span<const std::uint8_t> bytes);

// Version 1, C order. Errors: a type without a NumPy equal (bf16, i4), the file cannot be written (see write_file).
Status write_npy(const std::filesystem::path& path, const ir::Tensor& tensor);
Result<std::vector<std::uint8_t>> npy_bytes(const ir::Tensor& tensor);

}  // namespace cortado::formats
