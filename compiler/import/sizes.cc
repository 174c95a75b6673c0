#include "compiler/import/sizes.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "support/checked.h"

namespace cortado::compiler {
namespace {

using Numbers = std::vector<std::int64_t>;

std::optional<std::int64_t> floor_divide(std::int64_t a, std::int64_t b) {
  if (b <= 0) return std::nullopt;
  return a >= 0 ? a / b : -((-(a + 1)) / b) - 1;
}

// Operations on any number of operands.
std::optional<std::int64_t> fold(std::string_view operation, const Numbers& operands) {
  if (operation == "Max") return *std::max_element(operands.begin(), operands.end());
  if (operation == "Min") return *std::min_element(operands.begin(), operands.end());
  if (operation != "Add" && operation != "Mul") return std::nullopt;
  std::int64_t result = operands[0];
  for (std::size_t i = 1; i < operands.size(); ++i)
    if (operation == "Add" ? !checked_add(result, operands[i], result) : !checked_mul(result, operands[i], result))
      return std::nullopt;
  return result;
}

std::optional<std::int64_t> combine(std::string_view operation, const Numbers& operands) {
  if (operands.empty()) return std::nullopt;
  const bool pair = operands.size() == 2;
  if (operation == "Pow") {
    constexpr std::int64_t largest_exponent = 62;
    if (!pair || operands[1] < 0 || operands[1] > largest_exponent) return std::nullopt;
    std::int64_t result = 1;
    for (std::int64_t i = 0; i < operands[1]; ++i)
      if (!checked_mul(result, operands[0], result)) return std::nullopt;
    return result;
  }
  if (operation == "FloorDiv" || operation == "CleanDiv")
    return pair ? floor_divide(operands[0], operands[1]) : std::nullopt;
  if (operation == "Mod" || operation == "PythonMod") {
    const auto quotient = pair ? floor_divide(operands[0], operands[1]) : std::nullopt;
    return quotient ? std::optional(operands[0] - *quotient * operands[1]) : std::nullopt;
  }
  return fold(operation, operands);
}

// Recursive descent over "Name(argument, argument…)".
class Parser {
 public:
  Parser(std::string_view text, const std::map<std::string, std::int64_t>& symbols) : text_(text), symbols_(symbols) {}

  std::optional<std::int64_t> whole() {
    const auto value = expression(0);
    return text_.empty() ? value : std::nullopt;
  }

 private:
  std::optional<std::int64_t> expression(int depth) {
    constexpr int most_depth = 64;
    const std::size_t open = text_.find('(');
    if (open == std::string_view::npos || depth > most_depth) return std::nullopt;
    const std::string_view operation = text_.substr(0, open);
    text_.remove_prefix(open + 1);
    if (operation == "Integer") return integer();
    if (operation == "Symbol") return symbol();
    Numbers operands;
    while (true) {
      const auto operand = expression(depth + 1);
      if (!operand) return std::nullopt;
      operands.push_back(*operand);
      if (accept(")")) return combine(operation, operands);
      if (!accept(", ")) return std::nullopt;
    }
  }

  std::optional<std::int64_t> integer() {
    std::int64_t value = 0;
    const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (end.ec != std::errc()) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(end.ptr - text_.data()));
    return accept(")") ? std::optional(value) : std::nullopt;
  }

  // 's0', positive=True, integer=True)
  std::optional<std::int64_t> symbol() {
    const std::size_t close = text_.find(')');
    if (close == std::string_view::npos || !accept("'")) return std::nullopt;
    const std::size_t quote = text_.find('\'');
    if (quote == std::string_view::npos || quote > close) return std::nullopt;
    const auto found = symbols_.find(std::string(text_.substr(0, quote)));
    text_.remove_prefix(text_.find(')') + 1);
    return found == symbols_.end() ? std::nullopt : std::optional(found->second);
  }

  bool accept(std::string_view token) {
    if (text_.substr(0, token.size()) != token) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  std::string_view text_;
  const std::map<std::string, std::int64_t>& symbols_;
};

}  // namespace

std::optional<std::int64_t> evaluate_expression(std::string_view text,
                                                const std::map<std::string, std::int64_t>& symbols) {
  return Parser(text, symbols).whole();
}

std::string Sizes::symbol(const formats::Json* symint) {
  const std::string* text = formats::as_string(formats::find(formats::find(symint, "as_expr"), "expr_str"));
  constexpr std::string_view opening = "Symbol('";
  if (text == nullptr || text->compare(0, opening.size(), opening) != 0) return {};
  const std::size_t quote = text->find('\'', opening.size());
  if (quote == std::string::npos || text->find(')', quote) != text->size() - 1) return {};
  return text->substr(opening.size(), quote - opening.size());
}

std::optional<std::int64_t> Sizes::example(const formats::Json* symint) {
  return formats::as_int(formats::find(formats::find(formats::find(symint, "as_expr"), "hint"), "as_int"));
}

Result<std::int64_t> Sizes::size(const formats::Json* symint) const {
  if (const auto size = formats::as_int(formats::find(symint, "as_int"))) return *size;
  const formats::Json* expression = formats::find(symint, "as_expr");
  const std::string* text = formats::as_string(formats::find(expression, "expr_str"));
  if (text == nullptr)
    return input_error("a size is malformed: " +
                       (symint != nullptr ? formats::excerpt(*symint) : std::string("nothing")));
  if (const auto value = evaluate_expression(*text, values_)) return *value;
  if (const auto value = example(symint); value && only_examples_) return *value;
  return input_error("the size " + *text + " is dynamic and cannot be computed ahead of time",
                     "export the model without dynamic_shapes, or with sizes that do not depend on data");
}

}  // namespace cortado::compiler
