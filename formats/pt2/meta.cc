#include "formats/pt2/meta.h"

#include "support/checked.h"

namespace cortado::formats {
namespace {

struct ScalarType {
  std::int64_t code;
  const char* name;
  bool known;
  DType dtype;
};

constexpr ScalarType scalar_types[] = {
    {1, "uint8", true, DType::u8},       {2, "int8", true, DType::i8},       {3, "int16", true, DType::i16},
    {4, "int32", true, DType::i32},      {5, "int64", true, DType::i64},     {6, "float16", true, DType::f16},
    {7, "float32", true, DType::f32},    {8, "float64", true, DType::f64},   {12, "bool", true, DType::boolean},
    {13, "bfloat16", true, DType::bf16}, {9, "complex32", false, {}},        {10, "complex64", false, {}},
    {11, "complex128", false, {}},       {28, "uint16", false, {}},          {29, "float8_e4m3fn", false, {}},
    {30, "float8_e5m2", false, {}},      {31, "float8_e4m3fnuz", false, {}}, {32, "float8_e5m2fnuz", false, {}},
    {33, "float8_e8m0fnu", false, {}},   {34, "uint32", false, {}},          {35, "uint64", false, {}},
};

constexpr std::int64_t layout_strided = 7;

Result<std::vector<std::int64_t>> read_sizes(const Json* list, const char* what, const SizeReader& read_size) {
  if (list == nullptr || !list->is_array()) return input_error(std::string("a tensor's ") + what + " are missing");
  constexpr std::size_t most_dimensions = 64;
  if (list->size() > most_dimensions) return input_error("a tensor has more than 64 dimensions");
  std::vector<std::int64_t> sizes;
  for (const Json& entry : *list) {
    CORTADO_TRY(const std::int64_t size, read_size(&entry));
    if (size < 0) return input_error(std::string("a tensor's ") + what + " are negative");
    sizes.push_back(size);
  }
  return sizes;
}

}  // namespace

Result<DType> read_scalar_type(const Json* value) {
  const auto code = as_int(value);
  for (const ScalarType& type : scalar_types) {
    if (!code || type.code != *code) continue;
    if (type.known) return type.dtype;
    return input_error(std::string("the element type ") + type.name + " is not supported");
  }
  return input_error("the element type " + (value != nullptr ? excerpt(*value) : "") + " is unknown");
}

std::int64_t scalar_type_number(DType dtype) {
  for (const ScalarType& type : scalar_types)
    if (type.known && type.dtype == dtype) return type.code;
  return 0;
}

Result<std::int64_t> read_static_size(const Json* symint) {
  if (const auto size = as_int(find(symint, "as_int"))) return *size;
  return input_error("a size is not a number: " + (symint != nullptr ? excerpt(*symint) : "nothing"));
}

Result<StridedLayout> read_tensor_meta(const Json* meta, const SizeReader& read_size) {
  StridedLayout layout;
  CORTADO_TRY(layout.dtype, read_scalar_type(find(meta, "dtype")));
  if (const auto code = as_int(find(meta, "layout")); code && *code != layout_strided)
    return input_error("a tensor is sparse, or of a layout other than strided", "make it dense before exporting");
  CORTADO_TRY(layout.sizes, read_sizes(find(meta, "sizes"), "sizes", read_size));
  CORTADO_TRY(layout.strides, read_sizes(find(meta, "strides"), "strides", read_size));
  if (layout.sizes.size() != layout.strides.size()) return input_error("a tensor's sizes and strides differ in number");
  CORTADO_TRY(layout.offset, read_size(find(meta, "storage_offset")));
  std::size_t elements = 0;
  constexpr std::size_t most_elements = std::size_t{1} << 40;
  if (!checked_product(layout.sizes.data(), layout.sizes.size(), elements) || elements > most_elements)
    return input_error("a tensor has too many elements");
  return layout;
}

}  // namespace cortado::formats
