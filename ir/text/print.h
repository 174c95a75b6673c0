// Pieces of the text form. Internal to ir/text.
#pragma once

#include <string>

#include "ir/text.h"

namespace cortado::ir {

std::string quoted(std::string_view text);   // "…" with \" \\ \n and \xHH
std::string bare(std::string_view text);     // as it is where it is one word, else quoted
std::string number(double value);            // shortest that reads back the same; never looks like an integer
std::string value_name(const Value& value);  // %name, or %"odd name"
std::string type_text(const Type& type, bool full);
std::string data_text(const Tensor& tensor);  // the elements
std::string hash_text(const Tensor& tensor);  // "#" and 16 hexadecimal digits of the bytes
std::string argument_text(const Argument& argument);

}  // namespace cortado::ir
