#include "formats/tensors/npz.h"

#include "formats/file.h"
#include "formats/tensors/npy.h"
#include "formats/zip/reader.h"
#include "formats/zip/writer.h"

namespace cortado::formats {
namespace {

constexpr std::string_view extension = ".npy";

Result<NamedTensors> read_members(const ZipReader& zip) {
  NamedTensors tensors;
  for (const std::string& member : zip.names()) {
    CORTADO_TRY(const auto bytes, zip.read(member));
    auto tensor = parse_npy(bytes);
    if (!tensor) return std::move(tensor).error().in("member '" + member + "'");
    const bool named = member.size() > extension.size() &&
                       member.compare(member.size() - extension.size(), extension.size(), extension) == 0;
    tensors.push_back({named ? member.substr(0, member.size() - extension.size()) : member, std::move(tensor).value()});
  }
  return tensors;
}

}  // namespace

Result<NamedTensors> parse_npz(std::span<const std::uint8_t> bytes) {
  CORTADO_TRY(const ZipReader zip, ZipReader::open(bytes));
  return read_members(zip);
}

Result<NamedTensors> read_npz(const std::filesystem::path& path) {
  auto zip = ZipReader::open(path);
  if (!zip) return std::move(zip).error().in(path.string());
  auto tensors = read_members(zip.value());
  if (!tensors) return std::move(tensors).error().in(path.string());
  return tensors;
}

Status write_npz(const std::filesystem::path& path, const NamedTensors& tensors) {
  ZipWriter zip;
  for (const NamedTensor& entry : tensors) {
    auto bytes = npy_bytes(entry.tensor);
    if (!bytes) return std::move(bytes).error().in(path.string() + ": '" + entry.name + "'");
    CORTADO_CHECK(zip.add(entry.name + std::string(extension), bytes.value()));
  }
  return write_file(path, zip.finish());
}

}  // namespace cortado::formats
