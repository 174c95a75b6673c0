#include "runtime/calls.h"

#include "runtime/arguments.h"

namespace cortado::runtime {

ErrorCode prepare_call(const TensorValues& tensors, Arena& arena, const InstructionRecord& call, void* plan,
                       ErrorReport& report, bool& out_of_memory) {
  Arguments arguments(tensors, arena, report, call);
  if (call.kernel->prepare(arguments, plan) == ErrorCode::ok) arguments.check_returned();
  out_of_memory = arguments.out_of_memory();
  return report.code();
}

}  // namespace cortado::runtime
