#include "ir/text/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace cortado::ir {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == ':' || c == '#' || c == '+' || c == '-';
}

std::optional<int> hexadecimal(std::string_view two_digits) {
  int value = 0;
  const auto end = std::from_chars(two_digits.data(), two_digits.data() + two_digits.size(), value, 16);
  if (two_digits.size() != 2 || end.ec != std::errc() || end.ptr != two_digits.data() + 2) return std::nullopt;
  return value;
}

}  // namespace

void TextReader::skip_blanks() {
  while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' || text_.front() == '\r'))
    text_.remove_prefix(1);
}

void TextReader::skip_empty_lines() {
  skip_blanks();
  while (!text_.empty() && text_.front() == '\n') {
    text_.remove_prefix(1);
    ++line_;
    skip_blanks();
  }
}

Status TextReader::end_of_line() {
  skip_blanks();
  if (!text_.empty() && text_.front() != '\n') return error("the end of the line");
  skip_empty_lines();
  return {};
}

bool TextReader::next_is(std::string_view token) {
  skip_blanks();
  return text_.substr(0, token.size()) == token;
}

bool TextReader::accept(std::string_view token) {
  if (!next_is(token)) return false;
  // A word must not continue: "in" is not the beginning of "input".
  if (is_word(token.back()) && token.back() != '#' && text_.size() > token.size() && is_word(text_[token.size()]))
    return false;
  text_.remove_prefix(token.size());
  return true;
}

Status TextReader::expect(std::string_view token) {
  if (accept(token)) return {};
  return error("'" + std::string(token) + "'");
}

std::string_view TextReader::word() {
  skip_blanks();
  std::size_t length = 0;
  while (length < text_.size() && is_word(text_[length])) ++length;
  const std::string_view result = text_.substr(0, length);
  text_.remove_prefix(length);
  return result;
}

Result<std::string> TextReader::quoted() {
  if (!next_is("\"")) return error("a string in quotes");
  std::string result;
  for (std::size_t i = 1; i < text_.size() && text_[i] != '\n'; ++i) {
    if (text_[i] == '"') {
      text_.remove_prefix(i + 1);
      return result;
    }
    if (text_[i] != '\\') {
      result += text_[i];
      continue;
    }
    const char escaped = i + 1 < text_.size() ? text_[++i] : '\0';
    if (escaped == 'x') {
      const auto code = hexadecimal(text_.substr(i + 1, 2));
      if (!code) break;
      result += static_cast<char>(*code);
      i += 2;
    } else if (escaped == 'n') {
      result += '\n';
    } else if (escaped == '"' || escaped == '\\') {
      result += escaped;
    } else {
      break;
    }
  }
  return error("a string that ends in quotes");
}

Result<std::string> TextReader::value_name() {
  CORTADO_CHECK(expect("%"));
  return bare("the name of a value");
}

Result<std::string> TextReader::bare(const char* what) {
  if (next_is("\"")) return quoted();
  const std::string_view text = word();
  if (text.empty()) return error(what);
  return std::string(text);
}

Result<std::int64_t> TextReader::integer() {
  skip_blanks();
  std::int64_t value = 0;
  const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), value);
  if (end.ec != std::errc()) return error("a whole number");
  text_.remove_prefix(static_cast<std::size_t>(end.ptr - text_.data()));
  return value;
}

Result<double> TextReader::floating() {
  skip_blanks();
  double value = 0;
  const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), value);
  if (end.ec != std::errc()) return error("a number");
  text_.remove_prefix(static_cast<std::size_t>(end.ptr - text_.data()));
  return value;
}

Diagnostic TextReader::error(const std::string& expected) const {
  constexpr std::size_t shown = 20;
  const std::string_view found = text_.substr(0, std::min(shown, text_.find('\n')));
  return input_error("line " + std::to_string(line_) + ": expected " + expected + " but found '" + std::string(found) +
                     "'");
}

}  // namespace cortado::ir
