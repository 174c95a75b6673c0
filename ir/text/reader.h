// A reader of the text form's words: names, numbers, strings and punctuation. Internal to ir/text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/result.h"

namespace cortado::ir {

class TextReader {
 public:
  explicit TextReader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  void skip_empty_lines();
  Status end_of_line();  // and moves to the next line

  // Each skips blanks before it. accept() leaves the text alone when the token is not next.
  bool accept(std::string_view token);
  Status expect(std::string_view token);
  std::string_view word();  // letters, digits and _ . : # + -; may be empty
  Result<std::string> quoted();
  Result<std::string> bare(const char* what);  // a word, or a quoted string in its place
  Result<std::string> value_name();            // after %
  Result<std::int64_t> integer();
  Result<double> floating();
  bool next_is(std::string_view token);

  Diagnostic error(const std::string& expected) const;  // "line 3: expected … but found '…'"

 private:
  void skip_blanks();
  std::string_view text_;
  int line_ = 1;
};

}  // namespace cortado::ir
