// The random cases of a wire operator as a row of a table: made and run the same way by the standard tests on the
// host and by the firmware on the core. Host and target, C++17, no heap.
#pragma once

#include "ops/cases.h"
#include "ops/struct_reader.h"

namespace cortado::ops {

struct CaseRow {
  const char* name;  // of the wire operator
  // The operator by its equation, independent of the kernel, on arguments that the kernel accepts.
  ErrorCode (*reference)(ArgumentReader& reader);
  // Makes the builder's random case and runs it by `kernel`, or by the reference when that is null; the outputs are
  // in the builder. False: the case does not fit the builder's memory, skip it.
  bool (*run)(CaseBuilder& builder, const Kernel* kernel, ErrorReport& report);
};

// The row of an operator whose contract is Args. make_case fills Args with a random case that the kernel must accept;
// false = it did not fit.
template <class Args, void (*reference)(const Args&), bool (*make_case)(CaseBuilder&, Args&)>
constexpr CaseRow case_row() {
  return {Args::name,
          [](ArgumentReader& reader) {
            Args args;
            if (const ErrorCode code = read_arguments(reader, args); code != ErrorCode::ok) return code;
            reference(args);
            return ErrorCode::ok;
          },
          [](CaseBuilder& builder, const Kernel* kernel, ErrorReport& report) {
            Args args;
            if (!make_case(builder, args) || !builder.fits()) return false;
            if (kernel == nullptr) {
              reference(args);
              return true;
            }
            void* plan = builder.take(kernel->plan_bytes);
            if (plan == nullptr) return false;
            StructReader reader(args, report);
            if (kernel->prepare(reader, plan) == ErrorCode::ok && !kernel->run(plan))
              report.fail(ErrorCode::invalid_argument, "an index is out of range");
            return true;
          }};
}

struct CaseTable {
  const CaseRow* const* rows;
  std::uint32_t count;
};

// Generated beside all_kernels: row i of one belongs to row i of the other.
extern const CaseTable all_cases;

}  // namespace cortado::ops
