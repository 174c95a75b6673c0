// The element types of the graph's inputs and outputs: float for the caller's convenience, int8 by choice. And of its
// states.
#pragma once

#include "compiler/quantize/borders.h"
#include "compiler/quantize/group_parameters.h"
#include "compiler/quantize/int8_nodes.h"
#include "compiler/quantize/quantize.h"

namespace cortado::compiler {

// Gives the inputs that the options want so their int8 type. A usage error when the options name an input or output
// that is not there, or want integers for one that is not f32.
Status type_inputs(ir::Graph& graph, const QuantizeOptions& options, const GroupParameters& parameters);

// States whose next content an int8 node computes are kept in int8, in the parameters that both share.
Status type_states(ir::Graph& graph, const Int8Nodes& nodes, const GroupParameters& parameters);

// Makes every output what the options want, and what is written back to states and inputs what those are.
Status type_outputs(ir::Graph& graph, const QuantizeOptions& options, const GroupParameters& parameters,
                    Borders& borders);

}  // namespace cortado::compiler
