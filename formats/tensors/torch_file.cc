#include "formats/tensors/torch_file.h"

#include "formats/file.h"
#include "formats/tensors/torch_container.h"

namespace cortado::formats {
namespace {

// Depth first over the containers. A hostile pickle can share containers so that the walk would take for ever, or nest
// them in themselves: both limits end it.
class Walk {
 public:
  Walk(const TorchContainer& container, NamedTensors& tensors) : container_(container), tensors_(tensors) {}

  Status visit(const PickleValue& value, const std::string& name, int depth) {
    constexpr int most_depth = 64;
    constexpr std::size_t most_visits = std::size_t{1} << 20;
    if (depth > most_depth || ++visits_ > most_visits) return input_error("its containers are nested too deeply");
    if (const auto* tensor = value.get<PickleTensor>()) return add(*tensor, name);
    if (const auto* list = value.get<PickleList>()) return visit_items(list->items, name, depth);
    if (const auto* tuple = value.get<PickleTuple>()) return visit_items(tuple->items, name, depth);
    if (const auto* dict = value.get<PickleDict>())
      for (const auto& [key, entry] : dict->entries)
        CORTADO_CHECK(visit(*entry, joined(name, key_text(*key)), depth + 1));
    return {};
  }

 private:
  Status visit_items(const PickleItems& items, const std::string& name, int depth) {
    for (std::size_t i = 0; i < items.size(); ++i)
      CORTADO_CHECK(visit(*items[i], joined(name, std::to_string(i)), depth + 1));
    return {};
  }

  Status add(const PickleTensor& pickled, const std::string& name) {
    auto tensor = container_.tensor(pickled);
    if (!tensor) return std::move(tensor).error().in("tensor '" + name + "'");
    total_bytes_ += tensor.value().size_bytes();
    constexpr std::size_t most_bytes = std::size_t{1} << 34;
    if (total_bytes_ > most_bytes) return input_error("its tensors have more than 16 GiB");
    tensors_.push_back({name, std::move(tensor).value()});
    return {};
  }

  static std::string key_text(const PickleValue& key) {
    if (const auto* text = key.get<std::string>()) return *text;
    if (const auto* number = key.get<std::int64_t>()) return std::to_string(*number);
    return "?";
  }
  static std::string joined(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
  }

  const TorchContainer& container_;
  NamedTensors& tensors_;
  std::size_t visits_ = 0;
  std::size_t total_bytes_ = 0;
};

}  // namespace

Result<NamedTensors> parse_torch_file(std::span<const std::uint8_t> bytes) {
  CORTADO_TRY(const TorchContainer container, read_torch_container(bytes));
  NamedTensors tensors;
  CORTADO_CHECK(Walk(container, tensors).visit(*container.pickle.root, "", 0));
  if (tensors.empty()) return input_error("holds no tensor");
  return tensors;
}

Result<NamedTensors> read_torch_file(const std::filesystem::path& path) {
  CORTADO_TRY(const auto bytes, read_file(path));
  auto tensors = parse_torch_file(bytes);
  if (!tensors) return std::move(tensors).error().in(path.string());
  return tensors;
}

}  // namespace cortado::formats
