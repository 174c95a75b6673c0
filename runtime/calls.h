// How calls of kernels are prepared. Apart from the loader, so that a firmware without kernels, whose models are row
// streams alone, links nothing of it. Host and target, C++17, no heap.
#pragma once

#include "runtime/arena.h"
#include "runtime/tensor_values.h"

namespace cortado::runtime {

// Reads the arguments of a call into the plan of its kernel. `out_of_memory`: the arena has no room for them.
ErrorCode prepare_call(const TensorValues& tensors, Arena& arena, const InstructionRecord& call, void* plan,
                       ErrorReport& report, bool& out_of_memory);
using PrepareCall = decltype(&prepare_call);

// Generated beside ops::all_kernels: prepare_call, or null where there are no kernels.
extern const PrepareCall all_calls;

}  // namespace cortado::runtime
