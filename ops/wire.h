// Derives the compiler's view of a wire operator from its contract. Host.
#pragma once

#include "ops/cases.h"
#include "ops/definition.h"

namespace cortado::ops {

template <class T>
constexpr Field::Kind field_kind() {
  using K = Field::Kind;
  if constexpr (std::is_same_v<T, Tensor>) return K::tensor;
  else if constexpr (std::is_same_v<T, OptionalTensor>) return K::optional_tensor;
  else if constexpr (std::is_same_v<T, TensorList>) return K::tensor_list;
  else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::int32_t>) return K::integer;
  else if constexpr (std::is_same_v<T, OptionalInt>) return K::optional_integer;
  else if constexpr (std::is_same_v<T, double>) return K::number;
  else if constexpr (std::is_same_v<T, OptionalNumber>) return K::optional_number;
  else if constexpr (std::is_same_v<T, bool>) return K::boolean;
  else if constexpr (std::is_same_v<T, IntList>) return K::int_list;
  else if constexpr (std::is_same_v<T, OptionalIntList>) return K::optional_int_list;
  else if constexpr (std::is_same_v<T, NumberList>) return K::number_list;
  else if constexpr (std::is_same_v<T, BoolList>) return K::bool_list;
  else if constexpr (std::is_same_v<T, Scalar>) return K::scalar;
  else if constexpr (std::is_same_v<T, OptionalScalar>) return K::optional_scalar;
  else if constexpr (std::is_same_v<T, String>) return K::string;
  else if constexpr (std::is_same_v<T, OptionalString>) return K::optional_string;
  else if constexpr (std::is_same_v<T, DType>) return K::dtype;
  else { static_assert(std::is_same_v<T, OptionalDType>, "not an argument type"); return K::optional_dtype; }
}

template <class Args>
std::vector<Field> fields_of() {
  std::vector<Field> fields;
  Args::fields([&]<class T>(const char* name, T Args::*) { fields.push_back({name, field_kind<T>()}); });
  return fields;
}

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
    Args::fields([&]<class M>(const char* field, M Args::*member) {
      if (std::string_view(field) != name) return;
      if constexpr (std::is_same_v<M, T>) {
        value = args_->*member;
        found = true;
      } else if constexpr (std::is_same_v<T, std::int64_t> && (std::is_integral_v<M> || std::is_enum_v<M>)) {
        value = static_cast<std::int64_t>(args_->*member);
        found = true;
      }
    });
    if (!found) report_->fail(ErrorCode::invalid_argument, name);
    return report_->code();
  }
  const Args* args_;
  ErrorReport* report_;
};

// Args: the contract. reference: the operator by its equation, on arguments that its kernel accepts.
// make_case: fills Args with a random case that the kernel must accept; false = did not fit the buffer.
template <class Args, void (*reference)(const Args&), bool (*make_case)(CaseBuilder&, Args&)>
WireOperator wire_operator(const Kernel& kernel, std::string_view summary, std::size_t outputs = 1) {
  WireOperator wire;
  wire.name = Args::name;
  wire.fields = fields_of<Args>();
  wire.outputs = outputs;
  wire.kernel = &kernel;
  wire.summary = summary;
  wire.reference = [](ArgumentReader& reader) {
    Args args;
    if (const ErrorCode code = read_arguments(reader, args); code != ErrorCode::ok) return code;
    reference(args);
    return ErrorCode::ok;
  };
  wire.run_case = [](CaseBuilder& builder, bool use_reference, ErrorReport& report) {
    Args args;
    if (!make_case(builder, args) || !builder.fits()) return false;
    if (use_reference) {
      reference(args);
      return true;
    }
    const Kernel* row = registry().find_wire(Args::name)->kernel;
    void* plan = builder.take(row->plan_bytes);
    if (plan == nullptr) return false;
    StructReader<Args> reader(args, report);
    if (row->prepare(reader, plan) == ErrorCode::ok) row->run(plan);
    return true;
  };
  return wire;
}

}  // namespace cortado::ops
