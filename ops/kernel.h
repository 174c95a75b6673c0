// A kernel as the runtime sees it: checked and decoded once into a plan, then run from the plan alone.
// Host and target, C++17, no heap.
//
// prepare() proves everything that run() relies on: types, shapes, memory orders, ranges of every integer, and the
// sizes of scratch. run() allocates nothing and touches only the tensors named by its plan. What no program can prove
// are indices that it computes or is given (embedding, gather): run() checks each before it uses it, and ends with
// false, its outputs unfinished, at the first that is out of range. It can fail in no other way.
#pragma once

#include <new>
#include <type_traits>
#include <utility>

#include "ops/contract.h"
#include "support/error_report.h"

namespace cortado::ops {

// Gives the arguments of one call, in wire order. Each read checks the kind of the value and fails with a message
// that names the argument. Entries of a TensorList live as long as the program, other lists until the call is prepared.
// The loader has checked that outputs (what the call returns) are not constants; a kernel checks the other tensors that
// it writes, such as scratch, with Check::writable.
class ArgumentReader {
 public:
  virtual ErrorCode read(Wording name, Tensor& value) = 0;
  virtual ErrorCode read(Wording name, OptionalTensor& value) = 0;
  virtual ErrorCode read(Wording name, TensorList& value) = 0;
  virtual ErrorCode read(Wording name, std::int64_t& value) = 0;
  virtual ErrorCode read(Wording name, OptionalInt& value) = 0;
  virtual ErrorCode read(Wording name, double& value) = 0;
  virtual ErrorCode read(Wording name, OptionalNumber& value) = 0;
  virtual ErrorCode read(Wording name, bool& value) = 0;
  virtual ErrorCode read(Wording name, IntList& value) = 0;
  virtual ErrorCode read(Wording name, OptionalIntList& value) = 0;
  virtual ErrorCode read(Wording name, NumberList& value) = 0;
  virtual ErrorCode read(Wording name, OptionalNumberList& value) = 0;
  virtual ErrorCode read(Wording name, BoolList& value) = 0;
  virtual ErrorCode read(Wording name, Scalar& value) = 0;
  virtual ErrorCode read(Wording name, OptionalScalar& value) = 0;
  virtual ErrorCode read(Wording name, String& value) = 0;
  virtual ErrorCode read(Wording name, OptionalString& value) = 0;
  virtual ErrorCode read(Wording name, OptionalDType& value) = 0;

  ErrorCode read(Wording name, DType& value) {
    std::int64_t code = 0;
    if (read(name, code) != ErrorCode::ok) return report().code();
    value = static_cast<DType>(code);
    if (code < 0 || code > 63 || size_bytes(value) == 0)
      return report().fail(ErrorCode::unsupported, name).add(": element type ").add(code).add(" is unknown");
    return ErrorCode::ok;
  }
  ErrorCode read(Wording name, std::int32_t& value) {
    std::int64_t wide = 0;
    if (read(name, wide) != ErrorCode::ok) return report().code();
    value = static_cast<std::int32_t>(wide);
    if (value != wide) return report().fail(ErrorCode::invalid_program, name).add(" does not fit 32 bits: ").add(wide);
    return ErrorCode::ok;
  }
  virtual ErrorReport& report() = 0;

 protected:
  ~ArgumentReader() = default;
};

template <class Args>
ErrorCode read_arguments(ArgumentReader& reader, Args& args) {
  ErrorCode code = ErrorCode::ok;
  Args::fields([&](Wording name, auto member) {
    if (code == ErrorCode::ok) code = reader.read(name, args.*member);
  });
  return code;
}

template <class Args>
constexpr std::size_t argument_count() {
  std::size_t count = 0;
  Args::fields([&](const char*, auto) { ++count; });
  return count;
}

struct Kernel {
  const char* name;          // "cortex_m::quantized_conv2d.out"
  std::uint16_t arguments;   // on the wire, outputs included
  std::uint16_t plan_bytes;  // at most 8-aligned
  ErrorCode (*prepare)(ArgumentReader& reader, void* plan);
  bool (*run)(const void* plan);  // false: an index among the data is out of range
  std::uint16_t outputs = 1;      // how many of the last arguments are written
};

// Refuses outputs that are constants: they may lie in flash.
template <class Args>
ErrorCode check_outputs(const Args& args, std::size_t outputs, ErrorReport& report) {
  std::size_t position = 0;
  Args::fields([&](Wording name, auto member) {
    if (position++ + outputs < argument_count<Args>()) return;
    using Member = std::remove_const_t<std::remove_reference_t<decltype(args.*member)>>;
    bool is_constant = false;
    if constexpr (std::is_same_v<Member, Tensor>) {
      is_constant = (args.*member).is_constant;
    } else if constexpr (std::is_same_v<Member, TensorList>) {
      for (std::uint32_t i = 0; i < (args.*member).count; ++i) is_constant |= (args.*member)[i].is_constant;
    }
    if (is_constant) report.fail(ErrorCode::invalid_program, name).add(" is written but is a constant");
  });
  return report.code();
}

// The row of an operator whose contract is Args, from
//   ErrorCode make_plan(const Args&, Plan&, ErrorReport&)   and   void run_plan(const Plan&),
// or bool run_plan(const Plan&) where indices come from data.
template <class Args, class Plan, ErrorCode (*make_plan)(const Args&, Plan&, ErrorReport&), auto run_plan,
          std::uint16_t outputs = 1>
constexpr Kernel kernel_row() {
  static_assert(alignof(Plan) <= 8, "plans are placed at multiples of 8");
  return {Args::name,
          static_cast<std::uint16_t>(argument_count<Args>()),
          static_cast<std::uint16_t>(sizeof(Plan)),
          [](ArgumentReader& reader, void* plan) CORTADO_RARELY_RUN {
            Args args;
            if (const ErrorCode code = read_arguments(reader, args); code != ErrorCode::ok) return code;
            if (check_outputs(args, outputs, reader.report()) != ErrorCode::ok) return reader.report().code();
            return make_plan(args, *new (plan) Plan{}, reader.report());
          },
          [](const void* plan) {
            if constexpr (std::is_same_v<decltype(run_plan(std::declval<const Plan&>())), bool>)
              return run_plan(*static_cast<const Plan*>(plan));
            else
              return run_plan(*static_cast<const Plan*>(plan)), true;
          },
          outputs};
}

}  // namespace cortado::ops
