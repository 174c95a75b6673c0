// Types, data and arguments out of the text form. Internal to ir/text.
#pragma once

#include <functional>

#include "ir/text.h"
#include "ir/text/reader.h"

namespace cortado::ir {

Result<Type> parse_type(TextReader& reader);
// The elements of a tensor of that type.
Result<Tensor> parse_data(TextReader& reader, const Type& type);

using FindValue = std::function<Result<Value*>(const std::string& name)>;
Result<Argument> parse_argument(TextReader& reader, const FindValue& find);

}  // namespace cortado::ir
