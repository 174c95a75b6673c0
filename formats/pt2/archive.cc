#include "formats/pt2/archive.h"

#include <algorithm>

#include "formats/pt2/meta.h"
#include "formats/tensors/torch_container.h"
#include "formats/tensors/torch_file.h"

namespace cortado::formats {

namespace {

const char* const older_program = "serialized_exported_program.json";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// All members of the archive form lie below one folder: "name/". Without it: "".
Result<std::string> top_folder(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const std::size_t slash = name.find('/');
    if (slash != std::string::npos && name.substr(slash + 1) == "archive_format") return name.substr(0, slash + 1);
    if (name == "archive_format") return std::string();
  }
  return input_error(
      "is a zip file but not a torch.export archive: it has neither 'archive_format' nor "
      "'serialized_exported_program.json'",
      "save the model with torch.export.save(torch.export.export(model.eval(), inputs), \"model.pt2\")");
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '\r')) text.pop_back();
  return text;
}

// The one models/NAME.json.
Result<std::string> model_name(const std::vector<std::string>& names, const std::string& top) {
  const std::string folder = top + "models/";
  std::vector<std::string> found;
  for (const std::string& name : names)
    if (name.compare(0, folder.size(), folder) == 0 && ends_with(name, ".json"))
      found.push_back(name.substr(folder.size(), name.size() - folder.size() - 5));
  if (found.empty()) return input_error("holds no graph (no member models/*.json)");
  if (found.size() == 1) return found[0];
  std::string list;
  for (const std::string& name : found) list += (list.empty() ? "" : ", ") + name;
  return input_error("holds several models (" + list + ")", "save each in its own file");
}

}  // namespace

Result<Pt2Archive> Pt2Archive::open(const std::filesystem::path& path) {
  auto zip = ZipReader::open(path);
  if (!zip) return std::move(zip).error().in(path.string());
  auto archive = from(std::move(zip).value());
  if (!archive) return std::move(archive).error().in(path.string());
  return archive;
}

Result<Pt2Archive> Pt2Archive::parse(std::span<const std::uint8_t> bytes) {
  CORTADO_TRY(ZipReader zip, ZipReader::open(bytes));
  return from(std::move(zip));
}

Result<Pt2Archive> Pt2Archive::from(ZipReader zip) {
  Pt2Archive archive;
  archive.zip_ = std::move(zip);
  CORTADO_CHECK(archive.read());
  return archive;
}

Status Pt2Archive::read() {
  if (zip_->contains(older_program)) return read_older_form();
  CORTADO_TRY(const std::string top, top_folder(zip_->names()));
  return read_archive_form(top);
}

Status Pt2Archive::read_program(const std::string& member) {
  CORTADO_TRY(const std::string text, zip_->read_text(member));
  auto program = parse_json(text);
  if (!program) return std::move(program).error().in(member);
  program_ = std::move(program).value();
  return {};
}

Status Pt2Archive::read_archive_form(const std::string& top) {
  const ZipReader& zip = (*zip_);
  if (zip.contains(top + "archive_version")) {
    CORTADO_TRY(const std::string version, zip.read_text(top + "archive_version"));
    if (trimmed(version) != "0")
      return input_error("archive version '" + trimmed(version).substr(0, 40) + "' is unknown; version 0 is supported",
                         "export the model with torch 2.8 … 2.13");
  }
  if (zip.contains(top + "byteorder")) {
    CORTADO_TRY(const std::string order, zip.read_text(top + "byteorder"));
    if (trimmed(order) != "little") return input_error("was written on a big-endian machine, which is not supported");
  }
  CORTADO_TRY(const std::string model, model_name(zip.names(), top));
  CORTADO_CHECK(read_program(top + "models/" + model + ".json"));
  examples_ = top + "data/sample_inputs/" + model + ".pt";
  CORTADO_CHECK(read_tensors(top + "data/weights/", model, "_weights_config.json"));
  return read_tensors(top + "data/constants/", model, "_constants_config.json");
}

// A list of storages, or a file of torch.save, as torch 2.8 wrote it.
Status Pt2Archive::read_tensors(const std::string& folder, const std::string& model, const char* config_suffix) {
  if (zip_->contains(folder + model + ".pt")) return read_state_dict(folder + model + ".pt");
  return read_config(folder, model + config_suffix);
}

Status Pt2Archive::read_older_form() {
  CORTADO_CHECK(read_program(older_program));
  examples_ = "serialized_example_inputs.pt";
  CORTADO_CHECK(read_state_dict("serialized_state_dict.pt"));
  return read_state_dict("serialized_constants.pt");
}

// A dictionary of tensors in a file of torch.save. Other entries matter only if the graph asks for them.
Status Pt2Archive::read_state_dict(const std::string& member) {
  if (!zip_->contains(member)) return {};
  CORTADO_TRY(const auto bytes, zip_->read(member));
  auto container = read_torch_container(bytes);
  if (!container) return std::move(container).error().in(member);
  const auto* dict = container.value().pickle.root->get<PickleDict>();
  if (dict == nullptr) return input_error(member + " holds no dictionary");
  for (const auto& [key, value] : dict->entries) {
    const auto* name = key->get<std::string>();
    const auto* tensor = value->get<PickleTensor>();
    if (name == nullptr || tensor == nullptr) continue;
    tensors_[*name] = Entry{tensor->layout, member + "/" + tensor->storage, {}};
  }
  for (auto& [key, storage] : container.value().storages) storages_[member + "/" + key] = std::move(storage);
  return {};
}

// {"config": {name: PayloadMeta}}. A model without constants may leave the file out.
Status Pt2Archive::read_config(const std::string& folder, const std::string& suffix) {
  const std::string member = folder + suffix;
  if (!zip_->contains(member)) return {};
  CORTADO_TRY(const std::string text, zip_->read_text(member));
  auto json = parse_json(text);
  if (!json) return std::move(json).error().in(member);
  const Json* config = find(json.value(), "config");
  if (config == nullptr || !config->is_object()) return input_error(member + " has no 'config'");
  for (auto payload = config->begin(); payload != config->end(); ++payload)
    if (auto status = read_payload(payload.key(), *payload, folder); !status)
      return std::move(status).error().in("tensor '" + payload.key() + "' in " + member);
  return {};
}

Status Pt2Archive::read_payload(const std::string& name, const Json& payload, const std::string& folder) {
  const std::string* path = as_string(find(payload, "path_name"));
  if (path == nullptr) return input_error("has no 'path_name'");
  Entry entry;
  entry.storage = folder + *path;
  const Json* meta = find(payload, "tensor_meta");
  if (as_bool(find(payload, "use_pickle")).value_or(false) || meta == nullptr || meta->is_null()) {
    entry.refusal = "is a custom object or a tensor subclass, which are not supported";
  } else {
    CORTADO_TRY(entry.layout, read_tensor_meta(meta, read_static_size));
  }
  ++tensors_per_storage_[entry.storage];
  if (!tensors_.emplace(name, std::move(entry)).second) return input_error("is listed twice");
  return {};
}

NamedTensors Pt2Archive::example_inputs() {
  if (!zip_->contains(examples_)) return {};
  const auto bytes = zip_->read(examples_);
  if (!bytes) return {};
  auto tensors = parse_torch_file(bytes.value());
  return tensors ? std::move(tensors).value() : NamedTensors();
}

Result<Storage> Pt2Archive::storage(const std::string& member) {
  if (const auto known = storages_.find(member); known != storages_.end()) return known->second;
  CORTADO_TRY(auto bytes, zip_->read(member));
  Storage storage = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  if (tensors_per_storage_[member] > 1) storages_.emplace(member, storage);
  return storage;
}

Result<ir::Tensor> Pt2Archive::tensor(std::string_view name) {
  const auto found = tensors_.find(name);
  const std::string where = "tensor '" + std::string(name) + "'";
  if (found == tensors_.end()) return input_error(where + " is not in the archive");
  const Entry& entry = found->second;
  if (!entry.refusal.empty()) return input_error(where + " " + entry.refusal);
  auto bytes = storage(entry.storage);
  if (!bytes) return std::move(bytes).error().in(where);
  auto tensor = materialise(entry.layout, *bytes.value());
  if (!tensor) return std::move(tensor).error().in(where);
  return tensor;
}

std::string Pt2Archive::identity(std::string_view name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return {};
  const StridedLayout& layout = found->second.layout;
  std::string text = found->second.storage + ' ' + cortado::name(layout.dtype) + ' ' + std::to_string(layout.offset);
  for (std::size_t d = 0; d < layout.sizes.size(); ++d)
    text += ' ' + std::to_string(layout.sizes[d]) + ':' + std::to_string(layout.strides[d]);
  return text;
}

}  // namespace cortado::formats
