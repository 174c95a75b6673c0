// A .pt2 file: the graph as JSON and the tensors it names, in either of the two forms that torch.export writes:
// the archive (torch ≥ 2.8: models/NAME.json, a member per storage) and the older one (serialized_*, pickled tensors).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "formats/json.h"
#include "formats/strided.h"
#include "formats/tensors/named_tensor.h"
#include "formats/zip/reader.h"

namespace cortado::formats {

class Pt2Archive {
 public:
  // Reads the graph and the list of tensors; the tensors' bytes are read when asked for.
  // Errors: no zip, no .pt2, an unknown version, a missing member, damaged JSON.
  static Result<Pt2Archive> open(const std::filesystem::path& path);
  // The same for a file in memory; `bytes` must outlive the archive.
  static Result<Pt2Archive> parse(std::span<const std::uint8_t> bytes);

  // torch._export.serde.schema.ExportedProgram.
  const Json& program() const { return program_; }

  // Parameters and buffers by their name in the user's module; constants by theirs. Both lists are one namespace here.
  bool contains(std::string_view name) const { return tensors_.find(name) != tensors_.end(); }
  // The tensors of the inputs that the model was exported with, depth first; none when they are not there or hold more
  // than tensors and numbers.
  NamedTensors example_inputs();
  // In logical row-major order, whatever the strides in the file. Errors: no such tensor, damaged, pickled.
  Result<ir::Tensor> tensor(std::string_view name);
  // Equal for two names exactly when both are the same elements of the same storage (tied weights).
  std::string identity(std::string_view name) const;

 private:
  struct Entry {
    StridedLayout layout;
    std::string storage;  // the member that holds it
    std::string refusal;  // why it cannot be read; empty if it can
  };

  static Result<Pt2Archive> from(ZipReader zip);
  Status read();
  Status read_archive_form(const std::string& top);
  Status read_older_form();
  Status read_program(const std::string& member);
  Status read_state_dict(const std::string& member);
  Status read_tensors(const std::string& folder, const std::string& model, const char* config_suffix);
  Status read_config(const std::string& folder, const std::string& suffix);
  Status read_payload(const std::string& name, const Json& payload, const std::string& folder);
  Result<Storage> storage(const std::string& member);

  std::optional<ZipReader> zip_;
  std::string examples_;  // the member that holds them
  Json program_;
  std::map<std::string, Entry, std::less<>> tensors_;
  std::map<std::string, Storage> storages_;  // once read, if more than one tensor needs it
  std::map<std::string, int> tensors_per_storage_;
};

}  // namespace cortado::formats
