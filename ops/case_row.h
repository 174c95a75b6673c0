// The random cases of a wire operator as a row of a table: made and run the same way by the standard tests on the
// host and by the firmware on the core. Host and target, C++17, no heap.
#pragma once

#include <string.h>

#include <type_traits>

#include "ops/cases.h"
#include "ops/kernel.h"

namespace cortado::ops {

// An ArgumentReader over an argument struct that is there already: kernels in tests are entered the way the
// runtime enters them.
template <class Args>
class StructReader final : public ArgumentReader {
 public:
  StructReader(const Args& args, ErrorReport& report) : args_(&args), report_(&report) {}
  ErrorCode read(const char* name, Tensor& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalTensor& value) override { return get(name, value); }
  ErrorCode read(const char* name, TensorList& value) override { return get(name, value); }
  ErrorCode read(const char* name, std::int64_t& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalInt& value) override { return get(name, value); }
  ErrorCode read(const char* name, double& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalNumber& value) override { return get(name, value); }
  ErrorCode read(const char* name, bool& value) override { return get(name, value); }
  ErrorCode read(const char* name, IntList& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalIntList& value) override { return get(name, value); }
  ErrorCode read(const char* name, NumberList& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalNumberList& value) override { return get(name, value); }
  ErrorCode read(const char* name, BoolList& value) override { return get(name, value); }
  ErrorCode read(const char* name, Scalar& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalScalar& value) override { return get(name, value); }
  ErrorCode read(const char* name, String& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalString& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalDType& value) override { return get(name, value); }
  ErrorReport& report() override { return *report_; }

 private:
  template <class T>
  ErrorCode get(const char* name, T& value) {
    bool found = false;
    Args::fields([&](const char* field, auto member) {
      if (found || strcmp(field, name) != 0) return;
      using Member = std::remove_const_t<std::remove_reference_t<decltype(args_->*member)>>;
      if constexpr (std::is_same_v<Member, T>) {
        value = args_->*member;
        found = true;
      } else if constexpr (std::is_same_v<T, std::int64_t> && (std::is_integral_v<Member> || std::is_enum_v<Member>)) {
        value = static_cast<T>(args_->*member);
        found = true;
      }
    });
    if (!found) report_->fail(ErrorCode::invalid_argument, name);
    return report_->code();
  }
  const Args* args_;
  ErrorReport* report_;
};

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
            StructReader<Args> reader(args, report);
            if (kernel->prepare(reader, plan) == ErrorCode::ok) kernel->run(plan);
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
