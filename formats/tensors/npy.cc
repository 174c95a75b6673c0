#include "formats/tensors/npy.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <string_view>

#include "formats/file.h"
#include "formats/tensors/npy_header.h"

namespace cortado::formats {
namespace {

constexpr std::array<std::uint8_t, 6> magic = {0x93, 'N', 'U', 'M', 'P', 'Y'};

void swap_bytes(std::span<std::uint8_t> bytes, std::size_t size) {
  for (std::size_t at = 0; at + size <= bytes.size(); at += size)
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
}

// The header's text; `bytes` is left with the data.
Result<std::string_view> take_header(std::span<const std::uint8_t>& bytes) {
  if (bytes.size() < 12 || !std::equal(magic.begin(), magic.end(), bytes.begin()))
    return input_error("is not a NumPy file, or is truncated");
  const int version = bytes[6];
  if (version < 1 || version > 3)
    return input_error("is of NumPy format " + std::to_string(version) + "; 1 to 3 are supported");
  const std::size_t start = version == 1 ? 10 : 12;
  std::size_t size = bytes[8] | static_cast<std::size_t>(bytes[9]) << 8;
  if (version > 1) size |= static_cast<std::size_t>(bytes[10]) << 16 | static_cast<std::size_t>(bytes[11]) << 24;
  if (size > bytes.size() - start) return input_error("ends within its header: it is truncated");
  const std::string_view header(reinterpret_cast<const char*>(bytes.data() + start), size);
  bytes = bytes.subspan(start + size);
  return header;
}

}  // namespace

Result<ir::Tensor> parse_npy(std::span<const std::uint8_t> bytes) {
  CORTADO_TRY(const std::string_view text, take_header(bytes));
  CORTADO_TRY(NpyHeader header, parse_npy_header(text));
  if (header.fortran_order) std::reverse(header.shape.begin(), header.shape.end());
  CORTADO_TRY(ir::Tensor tensor, ir::Tensor::create(header.dtype, header.shape, bytes.size()));
  const std::span<std::uint8_t> to = tensor.mutable_bytes();
  if (to.size() != bytes.size())
    return input_error("has " + std::to_string(bytes.size()) + " bytes of data; its shape needs " +
                       std::to_string(to.size()));
  std::copy(bytes.begin(), bytes.end(), to.begin());
  if (header.big_endian) swap_bytes(to, size_bytes(header.dtype));
  if (!header.fortran_order) return tensor;
  std::vector<std::int64_t> reversed(header.shape.size());
  std::iota(reversed.rbegin(), reversed.rend(), std::int64_t{0});
  return ir::permuted(tensor, reversed);
}

Result<ir::Tensor> read_npy(const std::filesystem::path& path) {
  CORTADO_TRY(const auto bytes, read_file(path));
  auto tensor = parse_npy(bytes);
  if (!tensor) return std::move(tensor).error().in(path.string());
  return tensor;
}

Result<std::vector<std::uint8_t>> npy_bytes(const ir::Tensor& tensor) {
  CORTADO_TRY(std::string header, npy_header_text(tensor.dtype(), tensor.shape()));
  constexpr std::size_t start = 10;
  constexpr std::size_t alignment = 64;
  header.append((alignment - (start + header.size() + 1) % alignment) % alignment, ' ');
  header.push_back('\n');
  std::vector<std::uint8_t> bytes(magic.begin(), magic.end());
  bytes.insert(bytes.end(),
               {1, 0, static_cast<std::uint8_t>(header.size()), static_cast<std::uint8_t>(header.size() >> 8)});
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), tensor.bytes().begin(), tensor.bytes().end());
  return bytes;
}

Status write_npy(const std::filesystem::path& path, const ir::Tensor& tensor) {
  auto bytes = npy_bytes(tensor);
  if (!bytes) return std::move(bytes).error().in(path.string());
  return write_file(path, bytes.value());
}

}  // namespace cortado::formats
