// Which tensors a graph changes in place. Graphs exported for training and by default are not functional.
#pragma once

#include <string>
#include <unordered_set>

#include "formats/json.h"

namespace cortado::compiler {

// "aten::add_.Tensor" and its kind write into their first argument. Those that only change how it is seen do not.
bool writes_first_argument(std::string_view op);

// "torch.ops.aten.add_.Tensor" -> "aten::add_.Tensor"; anything else unchanged.
std::string operator_name(const std::string& target);

// The names of all tensors that an in-place operator writes, directly or through views of them. `nodes` is the list of
// torch._export.serde.schema.Node; malformed ones are passed over, for others to report.
std::unordered_set<std::string> tensors_changed_in_place(const formats::Json& nodes);

}  // namespace cortado::compiler
