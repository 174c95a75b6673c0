#include "formats/tensors/safetensors.h"

#include <algorithm>

#include "formats/file.h"
#include "formats/json.h"

namespace cortado::formats {
namespace {

struct SafetensorsType {
  std::string_view name;
  DType dtype;
};
constexpr SafetensorsType safetensors_types[] = {
    {"BOOL", DType::boolean}, {"U8", DType::u8},   {"I8", DType::i8},     {"I16", DType::i16}, {"I32", DType::i32},
    {"I64", DType::i64},      {"F16", DType::f16}, {"BF16", DType::bf16}, {"F32", DType::f32}, {"F64", DType::f64},
};

Diagnostic damaged_safetensors() { return input_error("is no safetensors file, or is damaged"); }

struct Entry {
  std::int64_t begin = 0;
  NamedTensor tensor;
};

Result<DType> read_type(const Json* value) {
  const std::string* text = as_string(value);
  if (text == nullptr) return damaged_safetensors();
  for (const SafetensorsType& type : safetensors_types)
    if (type.name == *text) return type.dtype;
  return input_error("has elements of type " + text->substr(0, 20) + ", which is not supported");
}

Result<Entry> read_entry(const std::string& name, const Json& description, std::span<const std::uint8_t> data) {
  CORTADO_TRY(const DType dtype, read_type(find(description, "dtype")));
  const Json* sizes = find(description, "shape");
  const Json* offsets = find(description, "data_offsets");
  if (sizes == nullptr || !sizes->is_array() || offsets == nullptr || !offsets->is_array() || offsets->size() != 2)
    return damaged_safetensors();
  ir::Shape shape;
  for (const Json& entry : *sizes) {
    const auto size = as_int(&entry);
    if (!size || shape.size() == 64) return damaged_safetensors();
    shape.push_back(*size);
  }
  const auto begin = as_int(&(*offsets)[0]);
  const auto end = as_int(&(*offsets)[1]);
  if (!begin || !end || *begin < 0 || *end < *begin || static_cast<std::uint64_t>(*end) > data.size())
    return damaged_safetensors();
  CORTADO_TRY(ir::Tensor tensor, ir::Tensor::create(dtype, std::move(shape), data.size()));
  const auto content = data.subspan(static_cast<std::size_t>(*begin), static_cast<std::size_t>(*end - *begin));
  if (content.size() != tensor.size_bytes()) return damaged_safetensors();
  std::copy(content.begin(), content.end(), tensor.mutable_bytes().begin());
  return Entry{*begin, {name, std::move(tensor)}};
}

}  // namespace

Result<NamedTensors> parse_safetensors(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t length_bytes = 8;
  if (bytes.size() < length_bytes) return damaged_safetensors();
  std::uint64_t header_bytes = 0;
  for (std::size_t i = length_bytes; i-- > 0;) header_bytes = header_bytes << 8 | bytes[i];
  if (header_bytes > bytes.size() - length_bytes) return damaged_safetensors();
  const auto header = bytes.subspan(length_bytes, static_cast<std::size_t>(header_bytes));
  const auto data = bytes.subspan(length_bytes + static_cast<std::size_t>(header_bytes));
  auto json = parse_json({reinterpret_cast<const char*>(header.data()), header.size()});
  if (!json || !json.value().is_object()) return damaged_safetensors();
  std::vector<Entry> entries;
  for (auto member = json.value().begin(); member != json.value().end(); ++member) {
    if (member.key() == "__metadata__") continue;
    auto entry = read_entry(member.key(), *member, data);
    if (!entry) return std::move(entry).error().in("tensor '" + member.key() + "'");
    entries.push_back(std::move(entry).value());
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
  NamedTensors tensors;
  for (Entry& entry : entries) tensors.push_back(std::move(entry.tensor));
  return tensors;
}

Result<NamedTensors> read_safetensors(const std::filesystem::path& path) {
  CORTADO_TRY(const auto bytes, read_file(path));
  auto tensors = parse_safetensors(bytes);
  if (!tensors) return std::move(tensors).error().in(path.string());
  return tensors;
}

}  // namespace cortado::formats
