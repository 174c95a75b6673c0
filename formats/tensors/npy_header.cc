#include "formats/tensors/npy_header.h"

#include <charconv>
#include <optional>

namespace cortado::formats {
namespace {

struct NpyType {
  std::string_view name;  // without the byte order
  DType dtype;
};
constexpr NpyType npy_types[] = {
    {"b1", DType::boolean}, {"u1", DType::u8},  {"i1", DType::i8},  {"i2", DType::i16}, {"i4", DType::i32},
    {"i8", DType::i64},     {"f2", DType::f16}, {"f4", DType::f32}, {"f8", DType::f64},
};

// A reader of the few Python literals that occur: a dictionary of strings to a string, a bool and a tuple of numbers.
class Literal {
 public:
  explicit Literal(std::string_view text) : text_(text) {}

  bool accept(char symbol) {
    skip_space();
    if (text_.empty() || text_.front() != symbol) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::optional<std::string_view> string() {
    skip_space();
    if (text_.empty() || (text_.front() != '\'' && text_.front() != '"')) return std::nullopt;
    const std::size_t end = text_.find(text_.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view value = text_.substr(1, end - 1);
    text_.remove_prefix(end + 1);
    return value;
  }

  std::optional<bool> boolean() {
    skip_space();
    for (const auto& [word, value] : {std::pair<std::string_view, bool>{"True", true}, {"False", false}}) {
      if (text_.substr(0, word.size()) != word) continue;
      text_.remove_prefix(word.size());
      return value;
    }
    return std::nullopt;
  }

  std::optional<ir::Shape> tuple() {
    constexpr std::size_t most_dimensions = 64;
    ir::Shape shape;
    if (!accept('(')) return std::nullopt;
    bool more = !accept(')');
    while (more) {
      skip_space();
      std::int64_t size = 0;
      const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), size);
      if (end.ec != std::errc() || size < 0 || shape.size() == most_dimensions) return std::nullopt;
      text_.remove_prefix(static_cast<std::size_t>(end.ptr - text_.data()));
      accept('L');  // written by Python 2
      shape.push_back(size);
      const bool comma = accept(',');
      more = !accept(')');
      if (more && !comma) return std::nullopt;
    }
    return shape;
  }

 private:
  void skip_space() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\n')) text_.remove_prefix(1);
  }
  std::string_view text_;
};

Diagnostic malformed() { return input_error("has a header that is malformed, or describes a structured type"); }

Status read_type(std::string_view text, NpyHeader& header) {
  const char order = text.empty() ? '\0' : text.front();
  if (order == '<' || order == '>' || order == '|' || order == '=') {
    for (const NpyType& type : npy_types) {
      if (type.name != text.substr(1)) continue;
      header.dtype = type.dtype;
      header.big_endian = order == '>';
      return {};
    }
  }
  return input_error("has elements of NumPy type '" + std::string(text.substr(0, 20)) + "', which is not supported",
                     "convert it, for example with .astype(numpy.float32)");
}

}  // namespace

Result<NpyHeader> parse_npy_header(std::string_view text) {
  Literal literal(text);
  NpyHeader header;
  bool has_type = false, has_order = false, has_shape = false;
  if (!literal.accept('{')) return malformed();
  while (!literal.accept('}')) {
    const auto key = literal.string();
    if (!key || !literal.accept(':')) return malformed();
    if (*key == "descr") {
      const auto value = literal.string();
      if (!value) return malformed();
      CORTADO_CHECK(read_type(*value, header));
      has_type = true;
    } else if (*key == "fortran_order") {
      const auto value = literal.boolean();
      if (!value) return malformed();
      header.fortran_order = *value;
      has_order = true;
    } else if (*key == "shape") {
      auto value = literal.tuple();
      if (!value) return malformed();
      header.shape = std::move(*value);
      has_shape = true;
    } else {
      return malformed();
    }
    literal.accept(',');
  }
  if (!has_type || !has_order || !has_shape) return malformed();
  return header;
}

Result<std::string> npy_header_text(DType dtype, const ir::Shape& shape) {
  for (const NpyType& type : npy_types) {
    if (type.dtype != dtype) continue;
    std::string text = std::string("{'descr': '") + (size_bytes(dtype) == 1 ? '|' : '<') + std::string(type.name) +
                       "', 'fortran_order': False, 'shape': (";
    for (std::size_t d = 0; d < shape.size(); ++d) text += (d == 0 ? "" : ", ") + std::to_string(shape[d]);
    return text + (shape.size() == 1 ? ",), }" : "), }");
  }
  return input_error(std::string("NumPy has no element type ") + name(dtype));
}

}  // namespace cortado::formats
