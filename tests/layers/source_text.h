// C++ source as text: enough of the language to find calls and the literals in their arguments.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace cortado::testing {

// The end of the literal that begins at `at` (a quote, or R"), behind its last quote.
inline std::size_t literal_end(std::string_view text, std::size_t at) {
  if (text[at] == 'R') {
    const std::size_t open = text.find('(', at);
    const std::string close = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
    return text.find(close, open) + close.size();
  }
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

// Where a literal begins; the ' in 1'000 does not.
inline bool begins_literal(std::string_view text, std::size_t at) {
  if (text[at] == '"') return true;
  if (text[at] == 'R') return text.substr(at, 2) == "R\"";
  return text[at] == '\'' && (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0);
}

inline std::string without_comments(std::string_view text) {
  std::string code;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (begins_literal(text, at))
      end = literal_end(text, at);
    else if (text.substr(at, 2) == "//") {
      at = std::min(text.find('\n', at), text.size());
      continue;
    } else if (text.substr(at, 2) == "/*") {
      at = text.find("*/", at) + 2;
      continue;
    }
    code += text.substr(at, end - at);
    at = end;
  }
  return code;
}

// What a literal's text stands for; \x and \u escapes stay as they are written.
inline std::string unescaped(std::string_view literal) {
  if (literal[0] == 'R') {
    const std::size_t open = literal.find('('), close = literal.rfind(')');
    return std::string(literal.substr(open + 1, close - open - 1));
  }
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    if (literal[i] == '\\' && (literal[i + 1] == '"' || literal[i + 1] == '\\' || literal[i + 1] == '\'')) ++i;
    text += literal[i];
  }
  return text;
}

// The string literals of `code`; those side by side are one.
inline std::vector<std::string> literals(std::string_view code) {
  std::vector<std::string> found;
  std::size_t last_end = std::string_view::npos;
  for (std::size_t at = 0; at < code.size();) {
    if (!begins_literal(code, at)) {
      ++at;
      continue;
    }
    const std::size_t end = literal_end(code, at);
    if (code[at] != '\'') {
      const bool joins = last_end != std::string_view::npos &&
                         code.substr(last_end, at - last_end).find_first_not_of(" \t\n") == std::string_view::npos;
      if (joins)
        found.back() += unescaped(code.substr(at, end - at));
      else
        found.push_back(unescaped(code.substr(at, end - at)));
      last_end = end;
    }
    at = end;
  }
  return found;
}

// The arguments of a call whose bracket opens at `at`; `end` becomes the place behind the closing one.
inline std::vector<std::string_view> call_arguments(std::string_view code, std::size_t at, std::size_t& end) {
  std::vector<std::string_view> arguments;
  std::size_t depth = 0, begin = ++at;
  while (at < code.size()) {
    if (begins_literal(code, at)) {
      at = literal_end(code, at);
      continue;
    }
    const char c = code[at];
    if (c == ',' && depth == 0) arguments.push_back(code.substr(begin, at - begin)), begin = at + 1;
    if ((c == ')' || c == ']' || c == '}') && depth-- == 0) break;
    if (c == '(' || c == '[' || c == '{') ++depth;
    ++at;
  }
  arguments.push_back(code.substr(begin, at - begin));
  end = at + 1;
  return arguments;
}

}  // namespace cortado::testing
