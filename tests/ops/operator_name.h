// Names of tests that every wire operator gets.
#pragma once

#include <cctype>
#include <string>

#include "ops/case_row.h"

namespace cortado::ops {

// "aten__add_out" for row `row` of all_cases.
inline std::string operator_name(std::uint32_t row) {
  std::string name(all_cases.rows[row]->name);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

}  // namespace cortado::ops
