#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "ir/text/print.h"

namespace cortado::ir {
namespace {

bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == ':';
  });
}

// "kind[a, b]"; the kind only where an empty list would not show it.
template <class List, class Text>
std::string list_text(const char* kind, const List& list, Text text) {
  std::string result = list.empty() ? kind : "";
  result += '[';
  for (std::size_t i = 0; i < list.size(); ++i) result += (i == 0 ? "" : ", ") + text(list[i]);
  return result + ']';
}

std::string integer(std::int64_t value) { return std::to_string(value); }
std::string boolean(bool value) { return value ? "true" : "false"; }
std::string optional_value(const Value* value) { return value != nullptr ? value_name(*value) : "none"; }

struct ArgumentText {
  std::string operator()(None) const { return "none"; }
  std::string operator()(const Value* value) const { return optional_value(value); }
  std::string operator()(const ValueList& list) const { return list_text("tensors", list, optional_value); }
  std::string operator()(bool value) const { return boolean(value); }
  std::string operator()(std::int64_t value) const { return integer(value); }
  std::string operator()(double value) const { return number(value); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const std::vector<std::int64_t>& list) const { return list_text("ints", list, integer); }
  std::string operator()(const std::vector<double>& list) const { return list_text("floats", list, number); }
  std::string operator()(const std::vector<bool>& list) const { return list_text("bools", list, boolean); }
  std::string operator()(DType dtype) const { return name(dtype); }
};

// NaN has many bit patterns and the 16-bit floats no literals: those are printed as bytes.
bool prints_as_numbers(const Tensor& tensor) {
  if (tensor.dtype() == DType::f16 || tensor.dtype() == DType::bf16 || tensor.dtype() == DType::i4) return false;
  if (!is_float(tensor.dtype())) return true;
  for (std::int64_t i = 0; i < tensor.elements(); ++i)
    if (std::isnan(tensor.as_double(i))) return false;
  return true;
}

std::string element_text(const Tensor& tensor, std::int64_t i) {
  if (tensor.dtype() == DType::f32) return fmt::format("{}", tensor.data<float>()[i]);
  if (tensor.dtype() == DType::f64) return fmt::format("{}", tensor.data<double>()[i]);
  return integer(tensor.as_int(i));
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string number(double value) {
  std::string text = fmt::format("{}", value);
  const bool looks_whole = text.find_first_not_of("-0123456789") == std::string::npos;
  return looks_whole ? text + ".0" : text;
}

std::string bare(std::string_view text) { return is_plain(text) ? std::string(text) : quoted(text); }

std::string value_name(const Value& value) { return '%' + bare(value.name); }

std::string type_text(const Type& type, bool full) {
  std::string text = fmt::format("{}[{}]", name(type.dtype), fmt::join(type.shape, ", "));
  if (!type.dim_order.empty()) text += fmt::format(" order [{}]", fmt::join(type.dim_order, ", "));
  if (!type.quantization) return text;
  const Quantization& q = *type.quantization;
  if (q.is_per_tensor() && q.scale.size() == 1 && q.zero_point.size() == 1) {
    text += fmt::format(" q(scale {}, zero {}", number(q.scale[0]), q.zero_point[0]);
  } else if (full) {
    text += fmt::format(" q(axis {}, scale {}, zero [{}]", q.axis, list_text("", q.scale, number),
                        fmt::join(q.zero_point, ", "));
  } else {
    text += fmt::format(" q(axis {}, {} scales", q.axis, q.scale.size());
  }
  return text + fmt::format(", min {}, max {})", q.quant_min, q.quant_max);
}

std::string data_text(const Tensor& tensor) {
  std::string text;
  if (!prints_as_numbers(tensor)) {
    text = "bytes ";
    for (const std::uint8_t byte : tensor.bytes()) text += fmt::format("{:02x}", byte);
    return text;
  }
  text = "[";
  for (std::int64_t i = 0; i < tensor.elements(); ++i) text += (i == 0 ? "" : ", ") + element_text(tensor, i);
  return text + "]";
}

// FNV-1a over words of 8 bytes, little-endian, so that 14 MB of weights cost milliseconds.
std::string hash_text(const Tensor& tensor) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  const auto bytes = tensor.bytes();
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8 && at + i < bytes.size(); ++i)
      word |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
    hash = (hash ^ word) * 0x100000001b3u;
    hash ^= hash >> 29;
  }
  return fmt::format("#{:016x}", hash);
}

std::string argument_text(const Argument& argument) {
  return std::visit(ArgumentText{}, static_cast<const Argument::variant&>(argument));
}

}  // namespace cortado::ir
