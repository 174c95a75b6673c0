#include "formats/tensors/torch_container.h"

#include <algorithm>
#include <array>

#include "formats/pickle/unpickle.h"
#include "formats/zip/reader.h"
#include "support/checked.h"

namespace cortado::formats {
namespace {

bool starts_with(std::span<const std::uint8_t> bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::equal(text.begin(), text.end(), bytes.begin(), [](char a, std::uint8_t b) {
           return static_cast<std::uint8_t>(a) == b;
         });
}

Result<std::size_t> size_in_bytes(const PickleStorage& storage) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  if (!checked_cast(storage.elements, count) || !checked_mul(count, size_bytes(storage.dtype), bytes))
    return input_error("the storage '" + storage.key + "' has an impossible size");
  return bytes;
}

// --- zip

Result<std::string> folder_of_pickle(const ZipReader& zip) {
  constexpr std::string_view pickle = "data.pkl";
  for (const std::string& name : zip.names()) {
    if (name.size() < pickle.size() || name.compare(name.size() - pickle.size(), pickle.size(), pickle) != 0) continue;
    std::string folder = name.substr(0, name.size() - pickle.size());
    if (folder.find('/') + 1 != folder.size()) continue;  // one folder, or none
    if (zip.contains(folder + "constants.pkl"))
      return input_error("is a TorchScript archive", "save the state dict, or export the model with torch.export");
    return folder;
  }
  return input_error("is a zip file but none that torch.save writes: there is no data.pkl");
}

Result<TorchContainer> read_zip_form(std::span<const std::uint8_t> bytes) {
  CORTADO_TRY(const ZipReader zip, ZipReader::open(bytes));
  CORTADO_TRY(const std::string folder, folder_of_pickle(zip));
  if (zip.contains(folder + "byteorder")) {
    CORTADO_TRY(const std::string order, zip.read_text(folder + "byteorder"));
    if (order != "little") return input_error("was written on a big-endian machine, which is not supported");
  }
  CORTADO_TRY(const auto pickle_bytes, zip.read(folder + "data.pkl"));
  std::span<const std::uint8_t> rest = pickle_bytes;
  TorchContainer container;
  CORTADO_TRY(container.pickle, unpickle(rest));
  for (const PickleStorage& storage : container.pickle.storages) {
    CORTADO_TRY(const std::size_t expected_bytes, size_in_bytes(storage));
    CORTADO_TRY(auto content, zip.read(folder + "data/" + storage.key));
    if (content.size() < expected_bytes)
      return input_error("the storage '" + storage.key + "' has " + std::to_string(content.size()) +
                         " bytes in place of " + std::to_string(expected_bytes));
    container.storages[storage.key] = std::make_shared<const std::vector<std::uint8_t>>(std::move(content));
  }
  return container;
}

// --- the older form

// 0x1950a86a20f9469cfc6c, as the pickle holds it: little-endian.
constexpr std::array<std::uint8_t, 10> legacy_magic = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};

bool is_magic(const Pickle& pickle) {
  const auto* number = pickle.root->get<PickleLong>();
  return number != nullptr &&
         std::equal(number->bytes.begin(), number->bytes.end(), legacy_magic.begin(), legacy_magic.end());
}

Status check_machine(const Pickle& pickle) {
  const auto* machine = pickle.root->get<PickleDict>();
  if (machine == nullptr) return input_error("the description of its machine is damaged");
  for (const auto& [key, value] : machine->entries) {
    const auto* name = key->get<std::string>();
    const auto* truth = value->get<bool>();
    if (name != nullptr && *name == "little_endian" && truth != nullptr && !*truth)
      return input_error("was written on a big-endian machine, which is not supported");
  }
  return {};
}

// For each key of the last pickle: the number of elements in 8 bytes, then the elements.
Status read_storages(const Pickle& keys, std::span<const std::uint8_t> bytes, TorchContainer& container) {
  const auto* list = keys.root->get<PickleList>();
  if (list == nullptr) return input_error("the list of its storages is damaged");
  for (const PickleValue* entry : list->items) {
    const auto* key = entry->get<std::string>();
    const auto& storages = container.pickle.storages;
    const auto storage = std::find_if(storages.begin(), storages.end(),
                                      [&](const PickleStorage& s) { return key != nullptr && s.key == *key; });
    if (storage == storages.end()) return input_error("it holds a storage that nothing names");
    CORTADO_TRY(const std::size_t size, size_in_bytes(*storage));
    constexpr std::size_t count_bytes = 8;
    if (bytes.size() < count_bytes || bytes.size() - count_bytes < size)
      return input_error("it ends within the storage '" + *key + "': it is truncated");
    std::int64_t elements = 0;
    for (std::size_t i = count_bytes; i-- > 0;)
      elements = static_cast<std::int64_t>(static_cast<std::uint64_t>(elements) << 8 | bytes[i]);
    if (elements != storage->elements) return input_error("the storage '" + *key + "' has an unexpected size");
    const auto content = bytes.subspan(count_bytes, size);
    container.storages[*key] = std::make_shared<const std::vector<std::uint8_t>>(content.begin(), content.end());
    bytes = bytes.subspan(count_bytes + size);
  }
  return {};
}

Result<TorchContainer> read_older_form(std::span<const std::uint8_t> bytes) {
  auto first = unpickle(bytes);
  if (!first || !is_magic(first.value()))
    return input_error("is no file that torch.save writes", "save it with torch.save(tensors, \"file.pt\")");
  CORTADO_TRY(const Pickle version, unpickle(bytes));
  const auto* number = version.root->get<std::int64_t>();
  constexpr std::int64_t known_version = 1001;
  if (number == nullptr || *number != known_version) return input_error("is of an unknown version of torch.save");
  CORTADO_TRY(const Pickle machine, unpickle(bytes));
  CORTADO_CHECK(check_machine(machine));
  TorchContainer container;
  CORTADO_TRY(container.pickle, unpickle(bytes));
  CORTADO_TRY(const Pickle keys, unpickle(bytes));
  CORTADO_CHECK(read_storages(keys, bytes, container));
  return container;
}

}  // namespace

Result<TorchContainer> read_torch_container(std::span<const std::uint8_t> bytes) {
  return starts_with(bytes, "PK\x03\x04") ? read_zip_form(bytes) : read_older_form(bytes);
}

Result<ir::Tensor> TorchContainer::tensor(const PickleTensor& tensor) const {
  const auto found = storages.find(tensor.storage);
  if (found == storages.end()) return input_error("the storage '" + tensor.storage + "' is missing");
  return materialise(tensor.layout, *found->second);
}

}  // namespace cortado::formats
