// The descriptions of tensors in a .pt2's JSON: torch._export.serde.schema.TensorMeta.
#pragma once

#include <functional>
#include <string>

#include "formats/json.h"
#include "formats/strided.h"

namespace cortado::formats {

// serde's own numbering of element types, which is not c10's (float is 7 here and 6 there).
// Errors: a type that this compiler has not (complex, float8, 16-bit unsigned…), by name, or an unknown number.
Result<DType> read_scalar_type(const Json* value);
// The number that stands for it there; 0 for a type that PyTorch has not.
std::int64_t scalar_type_number(DType dtype);

// A SymInt: {"as_int": n}, or {"as_expr": {"expr_str", "hint"}} where the size was exported as dynamic.
using SizeReader = std::function<Result<std::int64_t>(const Json* symint)>;
// Accepts {"as_int": n} alone.
Result<std::int64_t> read_static_size(const Json* symint);

// Errors: malformed, an element type as above, a layout other than strided, a negative size, or more than 2^40
// elements.
Result<StridedLayout> read_tensor_meta(const Json* meta, const SizeReader& read_size);

}  // namespace cortado::formats
