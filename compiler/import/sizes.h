// Dynamic sizes become numbers: each symbol of the export stands for one size, chosen here.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "formats/json.h"

namespace cortado::compiler {

class Sizes {
 public:
  // The size of the example input, for a symbol that is not fixed.
  void add_example(const std::string& symbol, std::int64_t value) { values_.emplace(symbol, value); }
  // A size chosen by the user: the example's are then no longer believed for expressions that cannot be evaluated.
  void fix(const std::string& symbol, std::int64_t value) {
    only_examples_ = only_examples_ && values_.count(symbol) != 0 && values_[symbol] == value;
    values_[symbol] = value;
  }

  // A SymInt: {"as_int"} or {"as_expr": {"expr_str", "hint"}}. Errors: a symbol without a value, or an expression with
  // an operation that is not known.
  Result<std::int64_t> size(const formats::Json* symint) const;

  // The name of the symbol when the SymInt is a symbol alone, else "".
  static std::string symbol(const formats::Json* symint);
  static std::optional<std::int64_t> example(const formats::Json* symint);

 private:
  std::map<std::string, std::int64_t> values_;
  bool only_examples_ = true;
};

// Evaluates sympy's srepr text, "Add(Symbol('s0', positive=True, integer=True), Integer(1))". Operations: Add, Mul, Pow
// with a non-negative exponent, FloorDiv, Mod, Max, Min. nullopt when a symbol is not in `symbols`, when something is
// not known, or when the result does not fit.
std::optional<std::int64_t> evaluate_expression(std::string_view text,
                                                const std::map<std::string, std::int64_t>& symbols);

}  // namespace cortado::compiler
