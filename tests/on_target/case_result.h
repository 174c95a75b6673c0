// Runs one random case of an operator's kernel. Host and target, so that both do the same.
#pragma once

#include "ops/case_row.h"

namespace cortado::tests {

// What the firmware writes for each case that ran.
struct CaseResult {
  std::uint32_t row = 0;  // of all_cases, in the firmware
  std::uint32_t seed = 0;
  std::uint64_t hash = 0;  // of the outputs (FNV-1a)
};

// The sign of the NaN that 0/0 gives is the architecture's own: x86 sets it, Arm does not.
inline void forget_which_nan(const ops::Tensor& output) {
  if (output.dtype != DType::f32) return;
  for (std::size_t i = 0; i < output.elements(); ++i)
    if (output.as<float>()[i] != output.as<float>()[i]) output.as<float>()[i] = __builtin_nanf("");
}

// False: the case does not fit the memory. `report` and `guards_intact` tell of a case that went wrong.
inline bool run_case(const ops::CaseRow& row, const ops::Kernel& kernel, void* memory, std::size_t size_bytes,
                     CaseResult& result, ErrorReport& report, bool& guards_intact) {
  ops::CaseBuilder builder(result.seed, memory, size_bytes);
  if (!row.run(builder, &kernel, report)) return false;
  guards_intact = builder.guards_intact();
  result.hash = 0xCBF29CE484222325u;
  for (std::size_t i = 0; i < builder.output_count(); ++i) {
    const ops::Tensor& output = builder.output_at(i);
    forget_which_nan(output);
    for (std::size_t b = 0; b < output.bytes(); ++b)
      result.hash = (result.hash ^ output.as<std::uint8_t>()[b]) * 0x100000001B3u;
  }
  return true;
}

}  // namespace cortado::tests
