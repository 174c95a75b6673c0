// A lowered graph and its plan become an ExecuTorch program.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/plan/plan.h"
#include "formats/pte/program.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// One method, one memory region. Scalars, lists and constants that are equal are stored once; aliases become values
// and no instruction; what is written to mutable buffers is copied by aten::copy_ at the end. Row streams become calls
// of a delegate, the backend "CortadoBackend", each with its blob. Errors: a node that is no wire operator or whose
// arguments do not fit its contract (internal), sizes beyond the format's 32 bits (input).
Result<pte::Program> to_program(const ir::Graph& graph, const Plan& plan);

}  // namespace cortado::compiler
