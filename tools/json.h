// What the tools print with --json.
#pragma once

#include <nlohmann/json.hpp>

#include "ir/tensor.h"
#include "ir/type.h"

namespace cortado::tools {

using Json = nlohmann::ordered_json;  // members stay in the order of writing

// Prints the document and a line end on stdout. Bytes that are no UTF-8 (from names in a file) are replaced.
void print_json(const Json& json);

// {"name", "dtype", "shape", "dim_order"}
Json describe(const std::string& name, const ir::Type& type);
// The elements, nested by no dimension: a flat list in logical order.
Json elements(const ir::Tensor& tensor);

}  // namespace cortado::tools
