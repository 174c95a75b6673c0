// Arguments of a wire operator from those of a node with the same names. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops {

// In wire order, without the outputs: what the node gives by name, else the default of `schema` (which may be null).
// An input error that names an argument for which there is neither.
Result<std::vector<ir::NamedArgument>> wire_arguments(const ir::Node& node, const std::vector<Parameter>* schema,
                                                      const WireOperator& wire);

}  // namespace cortado::ops
