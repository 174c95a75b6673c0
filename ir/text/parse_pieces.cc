#include "ir/text/parse_pieces.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "support/checked.h"

namespace cortado::ir {
namespace {

constexpr std::array dtypes = {DType::u8,  DType::i8,  DType::i16,     DType::i32,  DType::i64, DType::f16,
                               DType::f32, DType::f64, DType::boolean, DType::bf16, DType::i4};

std::optional<DType> dtype_named(std::string_view word) {
  for (const DType dtype : dtypes)
    if (word == name(dtype)) return dtype;
  return std::nullopt;
}

// "[a, b]", each entry read by `entry`.
template <class Entry>
Status parse_list(TextReader& reader, Entry entry) {
  CORTADO_CHECK(reader.expect("["));
  if (reader.accept("]")) return {};
  do {
    CORTADO_CHECK(entry());
  } while (reader.accept(","));
  return reader.expect("]");
}

Result<std::vector<std::int64_t>> parse_integers(TextReader& reader) {
  std::vector<std::int64_t> list;
  CORTADO_CHECK(parse_list(reader, [&]() -> Status {
    CORTADO_TRY(const std::int64_t value, reader.integer());
    list.push_back(value);
    return {};
  }));
  return list;
}

Result<std::int32_t> parse_zero_point(TextReader& reader) {
  CORTADO_TRY(const std::int64_t value, reader.integer());
  std::int32_t narrow = 0;
  if (!checked_cast(value, narrow)) return reader.error("a zero point of 32 bits before");
  return narrow;
}

// After "q(".
Result<Quantization> parse_quantization(TextReader& reader) {
  Quantization q;
  if (reader.accept("axis")) {
    CORTADO_TRY(const std::int64_t axis, reader.integer());
    if (!checked_cast(axis, q.axis)) return reader.error("an axis before");
    CORTADO_CHECK(reader.expect(","));
    if (!reader.next_is("scale ")) return reader.error("parameters in full (print with data)");
    CORTADO_CHECK(reader.expect("scale"));
    CORTADO_CHECK(parse_list(reader, [&]() -> Status {
      CORTADO_TRY(const double scale, reader.floating());
      q.scale.push_back(scale);
      return {};
    }));
    CORTADO_CHECK(reader.expect(","));
    CORTADO_CHECK(reader.expect("zero"));
    CORTADO_CHECK(parse_list(reader, [&]() -> Status {
      CORTADO_TRY(const std::int32_t zero_point, parse_zero_point(reader));
      q.zero_point.push_back(zero_point);
      return {};
    }));
  } else {
    CORTADO_CHECK(reader.expect("scale"));
    CORTADO_TRY(const double scale, reader.floating());
    CORTADO_CHECK(reader.expect(","));
    CORTADO_CHECK(reader.expect("zero"));
    CORTADO_TRY(const std::int32_t zero_point, parse_zero_point(reader));
    q.scale = {scale};
    q.zero_point = {zero_point};
  }
  CORTADO_CHECK(reader.expect(","));
  CORTADO_CHECK(reader.expect("min"));
  CORTADO_TRY(q.quant_min, reader.integer());
  CORTADO_CHECK(reader.expect(","));
  CORTADO_CHECK(reader.expect("max"));
  CORTADO_TRY(q.quant_max, reader.integer());
  CORTADO_CHECK(reader.expect(")"));
  return q;
}

Result<Tensor> parse_bytes(TextReader& reader, Tensor tensor) {
  const std::string_view digits = reader.word();
  const auto bytes = tensor.mutable_bytes();
  if (digits.size() != 2 * bytes.size()) return reader.error("as many bytes as the type has, before");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char* at = digits.data() + 2 * i;
    const auto end = std::from_chars(at, at + 2, bytes[i], 16);
    if (end.ec != std::errc() || end.ptr != at + 2) return reader.error("hexadecimal digits before");
  }
  return tensor;
}

template <class T>
Status parse_whole(TextReader& reader, T& element) {
  CORTADO_TRY(const std::int64_t value, reader.integer());
  if (!checked_cast(value, element)) return reader.error("a number that fits the type, before");
  return {};
}

// Written with the digits that tell neighbours of that width apart.
template <class T>
Status parse_floating(TextReader& reader, T& element) {
  const std::string_view digits = reader.word();
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), element);
  if (digits.empty() || end.ec != std::errc() || end.ptr != digits.data() + digits.size())
    return reader.error("a number before");
  return {};
}

Status parse_element(TextReader& reader, Tensor& tensor, std::size_t i) {
  switch (tensor.dtype()) {
    case DType::f32: return parse_floating(reader, tensor.mutable_data<float>()[i]);
    case DType::f64: return parse_floating(reader, tensor.mutable_data<double>()[i]);
    case DType::u8:
    case DType::boolean: return parse_whole(reader, tensor.mutable_data<std::uint8_t>()[i]);
    case DType::i8: return parse_whole(reader, tensor.mutable_data<std::int8_t>()[i]);
    case DType::i16: return parse_whole(reader, tensor.mutable_data<std::int16_t>()[i]);
    case DType::i32: return parse_whole(reader, tensor.mutable_data<std::int32_t>()[i]);
    case DType::i64: return parse_whole(reader, tensor.mutable_data<std::int64_t>()[i]);
    default: return reader.error("bytes, for this type");
  }
}

bool is_whole(std::string_view word) { return word.find_first_not_of("-0123456789") == std::string_view::npos; }

// A number, a boolean, none or a type: everything that is one bare word.
Result<Argument> parse_word(TextReader& reader) {
  const std::string_view word = reader.word();
  if (word == "none") return Argument();
  if (word == "true" || word == "false") return Argument(word == "true");
  if (const auto dtype = dtype_named(word)) return Argument(*dtype);
  const char* end = word.data() + word.size();
  if (std::int64_t whole = 0; !word.empty() && is_whole(word)) {
    const auto read = std::from_chars(word.data(), end, whole);
    if (read.ec == std::errc() && read.ptr == end) return Argument(whole);
  } else if (double value = 0; !word.empty()) {
    const auto read = std::from_chars(word.data(), end, value);
    if (read.ec == std::errc() && read.ptr == end) return Argument(value);
  }
  return reader.error("an argument, not '" + std::string(word.substr(0, 40)) + "',");
}

// A list of arguments of one kind, as that kind of list.
Result<Argument> list_of(TextReader& reader, const std::vector<Argument>& entries) {
  const auto all = [&](auto has) { return std::all_of(entries.begin(), entries.end(), has); };
  const auto collect = [&]<class T>(T) {
    std::vector<T> list;
    for (const Argument& entry : entries) list.push_back(*std::get_if<T>(&entry));
    return Argument(std::move(list));
  };
  if (all([](const Argument& a) { return std::holds_alternative<std::int64_t>(a); })) return collect(std::int64_t{});
  if (all([](const Argument& a) { return std::holds_alternative<double>(a); })) return collect(double{});
  if (all([](const Argument& a) { return std::holds_alternative<bool>(a); })) return collect(bool{});
  ValueList values;
  for (const Argument& entry : entries) {
    const auto* value = std::get_if<Value*>(&entry);
    if (value == nullptr && !entry.is_none()) return reader.error("a list of one kind before");
    values.push_back(value != nullptr ? *value : nullptr);
  }
  return Argument(std::move(values));
}

Result<Argument> parse_single(TextReader& reader, const FindValue& find) {
  if (reader.next_is("%")) {
    CORTADO_TRY(const std::string name, reader.value_name());
    CORTADO_TRY(Value* value, find(name));
    return Argument(value);
  }
  if (reader.next_is("\"")) {
    CORTADO_TRY(std::string text, reader.quoted());
    return Argument(std::move(text));
  }
  return parse_word(reader);
}

}  // namespace

Result<Type> parse_type(TextReader& reader) {
  const auto dtype = dtype_named(reader.word());
  if (!dtype) return reader.error("an element type before");
  Type type;
  type.dtype = *dtype;
  CORTADO_TRY(type.shape, parse_integers(reader));
  std::size_t elements = 0;
  if (!checked_product(type.shape.data(), type.shape.size(), elements) || elements > (std::size_t{1} << 40))
    return reader.error("a possible shape before");
  if (reader.accept("order")) {
    CORTADO_TRY(const auto order, parse_integers(reader));
    for (const std::int64_t dim : order) {
      if (dim < 0 || dim > 255) return reader.error("a dim order before");
      type.dim_order.push_back(static_cast<std::uint8_t>(dim));
    }
  }
  if (reader.accept("q")) {
    CORTADO_CHECK(reader.expect("("));
    CORTADO_TRY(type.quantization, parse_quantization(reader));
  }
  return type;
}

Result<Tensor> parse_data(TextReader& reader, const Type& type) {
  if (reader.next_is("#")) return reader.error("the data (print with data)");
  CORTADO_TRY(Tensor tensor, Tensor::create(type.dtype, type.shape));
  if (reader.accept("bytes")) return parse_bytes(reader, std::move(tensor));
  const auto count = static_cast<std::size_t>(tensor.elements());
  std::size_t i = 0;
  CORTADO_CHECK(parse_list(reader, [&]() -> Status {
    if (i >= count) return reader.error("no more numbers: the type has " + std::to_string(count));
    return parse_element(reader, tensor, i++);
  }));
  if (i != count) return reader.error(std::to_string(count) + " numbers before");
  return tensor;
}

Result<Argument> parse_argument(TextReader& reader, const FindValue& find) {
  if (reader.accept("tensors")) return reader.accept("[]") ? Result<Argument>(ValueList()) : reader.error("[]");
  if (reader.accept("ints"))
    return reader.accept("[]") ? Result<Argument>(std::vector<std::int64_t>()) : reader.error("[]");
  if (reader.accept("floats"))
    return reader.accept("[]") ? Result<Argument>(std::vector<double>()) : reader.error("[]");
  if (reader.accept("bools")) return reader.accept("[]") ? Result<Argument>(std::vector<bool>()) : reader.error("[]");
  if (!reader.next_is("[")) return parse_single(reader, find);
  std::vector<Argument> entries;
  CORTADO_CHECK(parse_list(reader, [&]() -> Status {
    CORTADO_TRY(Argument entry, parse_single(reader, find));
    entries.push_back(std::move(entry));
    return {};
  }));
  return list_of(reader, entries);
}

}  // namespace cortado::ir
