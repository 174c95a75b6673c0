// The arguments of one call, read from the program for a kernel's prepare(). Host and target, C++17, no heap.
#pragma once

#include "runtime/arena.h"
#include "runtime/tensor_values.h"

namespace cortado::runtime {

class Arguments final : public ops::ArgumentReader {
 public:
  // What the former call borrowed of the arena is given back.
  Arguments(const TensorValues& tensors, Arena& arena, ErrorReport& report, const InstructionRecord& call)
      : method_(tensors.method), tensors_(&tensors), arena_(&arena), report_(&report), arguments_(call.arguments) {
    arena.release();
  }

  // What the call returns must be memory that may be written. After all arguments were read.
  ErrorCode check_returned();
  bool out_of_memory() const { return out_of_memory_; }

  ErrorCode read(Wording name, ops::Tensor& value) override;
  ErrorCode read(Wording name, ops::OptionalTensor& value) override;
  ErrorCode read(Wording name, ops::TensorList& value) override;
  ErrorCode read(Wording name, std::int64_t& value) override;
  ErrorCode read(Wording name, ops::OptionalInt& value) override;
  ErrorCode read(Wording name, double& value) override;
  ErrorCode read(Wording name, ops::OptionalNumber& value) override;
  ErrorCode read(Wording name, bool& value) override;
  ErrorCode read(Wording name, ops::IntList& value) override;
  ErrorCode read(Wording name, ops::OptionalIntList& value) override;
  ErrorCode read(Wording name, ops::NumberList& value) override;
  ErrorCode read(Wording name, ops::OptionalNumberList& value) override;
  ErrorCode read(Wording name, ops::BoolList& value) override;
  ErrorCode read(Wording name, ops::Scalar& value) override;
  ErrorCode read(Wording name, ops::OptionalScalar& value) override;
  ErrorCode read(Wording name, ops::String& value) override;
  ErrorCode read(Wording name, ops::OptionalString& value) override;
  ErrorCode read(Wording name, ops::OptionalDType& value) override;
  using ArgumentReader::read;
  ErrorReport& report() override { return *report_; }

 private:
  // The next argument's value.
  ErrorCode next(Wording name, ValueRecord& value);
  ErrorCode next(Wording name, pte::ValueKind expected, Wording kind_name, ValueRecord& value);
  // The same where None is allowed; `present` says which.
  ErrorCode next_optional(Wording name, pte::ValueKind expected, Wording kind_name, ValueRecord& value, bool& present);
  ErrorCode wrong_kind(Wording name, pte::ValueKind kind, Wording expected) {
    return runtime::wrong_kind(name, kind, expected, *report_);
  }
  ErrorCode memory_used_up();
  ErrorCode number(Wording name, const ValueRecord& value, double& number);
  ErrorCode scalar(Wording name, const ValueRecord& value, ops::Scalar& scalar);
  ErrorCode int_list(Wording name, const ValueRecord& value, ops::IntList& list);
  ErrorCode number_list(const ValueRecord& value, ops::NumberList& list);
  ErrorCode text(const ValueRecord& value, ops::String& text);
  ErrorCode writable(std::int32_t value);

  Method* method_;
  const TensorValues* tensors_;
  Arena* arena_;
  ErrorReport* report_;
  pte::Vector<std::int32_t> arguments_;
  std::uint32_t position_ = 0;
  std::int32_t index_ = 0;  // value of the argument read last
  bool returned_is_checked_ = false;
  bool out_of_memory_ = false;
};

}  // namespace cortado::runtime
