// The graph of a .pt2, its JSON, within an archive that is whole otherwise: damage gets past the checksums.
#include "formats/zip/reader.h"
#include "formats/zip/writer.h"
#include "support/atomic_file.h"
#include "tests/fuzz/import.h"

namespace {

using Bytes = std::vector<std::uint8_t>;

// The members of tests/models/tiny.pt2 but for the graph.
const std::vector<std::pair<std::string, Bytes>>& members() {
  static const std::vector<std::pair<std::string, Bytes>> all = [] {
    std::vector<std::pair<std::string, Bytes>> found;
    auto file = cortado::read_file(CORTADO_SOURCE_DIR "/tests/models/tiny.pt2");
    cortado::fuzz::require(static_cast<bool>(file), "tests/models/tiny.pt2 is not there");
    auto zip = cortado::formats::ZipReader::open(std::span<const std::uint8_t>(file.value()));
    cortado::fuzz::require(static_cast<bool>(zip), "tests/models/tiny.pt2 is damaged");
    for (const std::string& name : zip.value().names())
      if (!name.ends_with("/models/model.json")) found.emplace_back(name, zip.value().read(name).value());
    return found;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cortado::formats::ZipWriter zip;
  for (const auto& [name, content] : members()) cortado::fuzz::require(static_cast<bool>(zip.add(name, content)), name);
  cortado::fuzz::require(static_cast<bool>(zip.add("tiny/models/model.json", {data, size})), "model.json");
  cortado::fuzz::import(zip.finish());
  return 0;
}
