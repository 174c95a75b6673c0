// Runs one random case of an operator by kernel and by reference. Host and target, so that both do the same.
#pragma once

#include <string.h>

#include "ops/case_row.h"

namespace cortado::tests {

struct CaseResult {
  bool ran = false;            // false: the case does not fit the memory
  bool as_reference = false;   // same bytes, and nothing written outside of the tensors
  std::uint64_t hash = 0;      // of the kernel's outputs (FNV-1a)
  ErrorReport report;          // why the kernel refused the case
};

// Each of the two memories is size_bytes long.
inline CaseResult run_case(const ops::CaseRow& row, const ops::Kernel& kernel, std::uint64_t seed, void* memory,
                           void* reference_memory, std::size_t size_bytes) {
  CaseResult result;
  ops::CaseBuilder actual(seed, memory, size_bytes);
  ops::CaseBuilder expected(seed, reference_memory, size_bytes);
  ErrorReport unused;
  result.ran = row.run(actual, &kernel, result.report) && row.run(expected, nullptr, unused);
  if (!result.ran || result.report.code() != ErrorCode::ok) return result;
  result.as_reference = actual.guards_intact();
  result.hash = 0xCBF29CE484222325u;
  for (std::size_t i = 0; i < actual.output_count(); ++i) {
    const ops::Tensor& output = actual.output_at(i);
    result.as_reference = result.as_reference && memcmp(output.data, expected.output_at(i).data, output.bytes()) == 0;
    for (std::size_t b = 0; b < output.bytes(); ++b)
      result.hash = (result.hash ^ output.as<std::uint8_t>()[b]) * 0x100000001B3u;
  }
  return result;
}

}  // namespace cortado::tests
