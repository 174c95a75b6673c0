// The argument list of one call.
#pragma once

#include <vector>

#include "compiler/emit/value_table.h"
#include "ops/definition.h"

namespace cortado::compiler {

// In wire order: the fields of `wire` by name, the outputs last, then what the call returns: its output once more, or
// the list of its outputs. An internal error names the argument that does not fit.
Result<std::vector<pte::Index>> call_arguments(const ir::Node& node, const ops::WireOperator& wire, ValueTable& values);

}  // namespace cortado::compiler
