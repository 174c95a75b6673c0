// Whether a node is well formed, and the types of its outputs. Host.
#pragma once

#include <vector>

#include "ops/definition.h"

namespace cortado::ops {

// Arguments of the schema's types, the definition's constraints, then its shape rule; every output's size in bytes is
// proved to fit (at most 2^32). Errors are input errors that name the node (see at_node()).
Result<std::vector<ir::Type>> infer_types(const Definition& definition, const ir::Node& node);

// The error with the node's name, operator and source line in front.
Diagnostic at_node(Diagnostic error, const ir::Node& node);

// The definition of the node's operator; an input error at the node when there is none.
Result<const Definition*> find_definition(const ir::Node& node);

}  // namespace cortado::ops
