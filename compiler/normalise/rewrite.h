// What passes need to replace a node by others.
#pragma once

#include "ops/rewriter.h"

namespace cortado::compiler {

using ops::operands_of;
using ops::Rewriter;

}  // namespace cortado::compiler
