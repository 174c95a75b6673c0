// An ArgumentReader over an argument struct that is there already: kernels in tests are entered the way the runtime
// enters them. Host and target, C++17, no heap.
#pragma once

#include <string.h>

#include <type_traits>

#include "ops/kernel.h"

namespace cortado::ops {

// One class for all structs, since there are hundreds of them: what knows the struct is one function.
class StructReader final : public ArgumentReader {
 public:
  template <class Args>
  StructReader(const Args& args, ErrorReport& report) : args_(&args), find_(find_in<Args>), report_(&report) {}
  ErrorCode read(const char* name, Tensor& value) override { return get(name, value); }
  ErrorCode read(const char* name, OptionalTensor& value) override { return get(name, value); }
  ErrorCode read(const char* name, TensorList& value) override { return get(name, value); }
  ErrorCode read(const char* name, std::int64_t& value) override {
    const Field field = find_(args_, name);
    if (field.type == nullptr || field.type == type<std::int64_t>()) return take(field, name, value);
    value = field.integer;
    return field.is_integer ? report_->code() : missing(name);
  }
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
  // A member of the struct: its address, what names its type, and its value if that is an integer or an enumerator.
  struct Field {
    const void* address = nullptr;
    const void* type = nullptr;
    bool is_integer = false;
    std::int64_t integer = 0;
  };

  template <class T>
  static const void* type() {
    static const char own = 0;
    return &own;
  }

  template <class Args>
  static Field find_in(const void* pointer, const char* name) {
    const Args& args = *static_cast<const Args*>(pointer);
    Field found;
    Args::fields([&](const char* field, auto member) {
      if (found.type != nullptr || strcmp(field, name) != 0) return;
      using Member = std::remove_const_t<std::remove_reference_t<decltype(args.*member)>>;
      found.address = &(args.*member);
      found.type = type<Member>();
      if constexpr (std::is_integral_v<Member> || std::is_enum_v<Member>) {
        found.is_integer = true;
        found.integer = static_cast<std::int64_t>(args.*member);
      }
    });
    return found;
  }

  template <class T>
  ErrorCode get(const char* name, T& value) {
    return take(find_(args_, name), name, value);
  }
  template <class T>
  ErrorCode take(const Field& field, const char* name, T& value) {
    if (field.type != type<T>()) return missing(name);
    value = *static_cast<const T*>(field.address);
    return report_->code();
  }
  ErrorCode missing(const char* name) { return report_->fail(ErrorCode::invalid_argument, name); }

  const void* args_;
  Field (*find_)(const void* args, const char* name);
  ErrorReport* report_;
};

}  // namespace cortado::ops
