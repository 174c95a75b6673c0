// The names that a pickle may use, and what calling them gives. Nothing else can be built.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/pickle/value.h"

namespace cortado::formats {

// Whether `name` ("torch._utils._rebuild_tensor_v2") is on the list.
bool is_allowed_global(std::string_view name);

// The element type that a name like "torch.float32" stands for.
std::optional<DType> element_type_of_global(std::string_view name);

// The value of calling the global `name` with `arguments`. Errors: not callable, or arguments that do not fit.
Result<PickleValue> call_global(std::string_view name, const PickleItems& arguments);

// The storage that a persistent id stands for: ('storage', torch.FloatStorage, key, location, elements[, None]).
Result<PickleStorage> storage_of(const PickleValue& persistent_id);

}  // namespace cortado::formats
