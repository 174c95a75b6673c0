#include "integrations/executorch/kernels.h"

#include <executorch/runtime/platform/log.h>

namespace cortado::integrations {
namespace {

namespace et = executorch::runtime;

class Reader final : public ops::ArgumentReader {
 public:
  Reader(et::KernelRuntimeContext& context, et::Span<et::EValue*> values, ErrorReport& report)
      : context_(context), values_(values), report_(report) {}

  ErrorCode read(const char* name, ops::Tensor& value) override { return tensor(name, next(), value); }
  ErrorCode read(const char* name, ops::OptionalTensor& value) override {
    const et::EValue& given = next();
    value.present = !given.isNone();
    return value.present ? tensor(name, given, value) : ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::TensorList& value) override {
    const et::EValue& given = next();
    if (!given.isTensorList()) return wrong(name, "a list of tensors");
    const auto items = given.toTensorList();
    auto* tensors = borrow<ops::Tensor>(name, items.size());
    for (std::size_t i = 0; tensors != nullptr && i < items.size(); ++i) fill(items[i], *new (&tensors[i]) ops::Tensor);
    value = {tensors, static_cast<std::uint32_t>(items.size())};
    return report_.code();
  }
  ErrorCode read(const char* name, std::int64_t& value) override {
    const et::EValue& given = next();
    if (!given.isInt()) return wrong(name, "an int");
    value = given.toInt();
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::OptionalInt& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, value.value) : skip();
  }
  ErrorCode read(const char* name, double& value) override {
    ops::Scalar scalar;
    const ErrorCode code = read(name, scalar);
    value = scalar.as_double();
    return code;
  }
  ErrorCode read(const char* name, ops::OptionalNumber& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, value.value) : skip();
  }
  ErrorCode read(const char* name, bool& value) override {
    const et::EValue& given = next();
    if (!given.isBool()) return wrong(name, "a bool");
    value = given.toBool();
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::IntList& value) override {
    const et::EValue& given = next();
    if (!given.isIntList()) return wrong(name, "a list of ints");
    const auto items = given.toIntList();
    value.values = items.data();
    value.count = static_cast<std::uint32_t>(items.size());
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::OptionalIntList& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, static_cast<ops::IntList&>(value)) : skip();
  }
  ErrorCode read(const char* name, ops::NumberList& value) override {
    const et::EValue& given = next();
    if (!given.isDoubleList()) return wrong(name, "a list of numbers");
    const auto items = given.toDoubleList();
    value.values = items.data();
    value.count = static_cast<std::uint32_t>(items.size());
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::OptionalNumberList& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, static_cast<ops::NumberList&>(value)) : skip();
  }
  ErrorCode read(const char* name, ops::BoolList& value) override {
    const et::EValue& given = next();
    if (!given.isBoolList()) return wrong(name, "a list of bools");
    const auto items = given.toBoolList();
    value.values = items.data();
    value.count = static_cast<std::uint32_t>(items.size());
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::Scalar& value) override {
    const et::EValue& given = next();
    value.is_integer = given.isInt();
    value.is_boolean = given.isBool();
    if (value.is_integer)
      value.integer = given.toInt();
    else if (value.is_boolean)
      value.integer = given.toBool() ? 1 : 0;
    else if (given.isDouble())
      value.number = given.toDouble();
    else
      return wrong(name, "a number");
    if (value.is_integer) value.number = static_cast<double>(value.integer);
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::OptionalScalar& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, static_cast<ops::Scalar&>(value)) : skip();
  }
  ErrorCode read(const char* name, ops::String& value) override {
    const et::EValue& given = next();
    if (!given.isString()) return wrong(name, "a string");
    value.text = given.toString().data();
    value.length = static_cast<std::uint32_t>(given.toString().size());
    return ErrorCode::ok;
  }
  ErrorCode read(const char* name, ops::OptionalString& value) override {
    value.present = !peek().isNone();
    return value.present ? read(name, static_cast<ops::String&>(value)) : skip();
  }
  ErrorCode read(const char* name, ops::OptionalDType& value) override {
    value.present = !peek().isNone();
    return value.present ? ArgumentReader::read(name, value.value) : skip();
  }
  ErrorReport& report() override { return report_; }

 private:
  // call_kernel has counted the arguments.
  const et::EValue& peek() const { return *values_[position_]; }
  const et::EValue& next() { return *values_[position_++]; }
  ErrorCode skip() {
    ++position_;
    return ErrorCode::ok;
  }
  ErrorCode wrong(const char* name, const char* expected) {
    return report_.fail(ErrorCode::invalid_program, name).add(" is not ").add(expected);
  }
  template <class T>
  T* borrow(const char* name, std::size_t count) {
    const auto memory = context_.allocate_temp(count * sizeof(T) + 1, alignof(std::max_align_t));
    if (!memory.ok()) report_.fail(ErrorCode::arena_too_small, "no temporary memory for ").add(name);
    return memory.ok() ? static_cast<T*>(*memory) : nullptr;
  }
  static void fill(const executorch::aten::Tensor& from, ops::Tensor& to) {
    static_assert(sizeof(executorch::aten::SizesType) == sizeof(std::int32_t) &&
                  sizeof(executorch::aten::DimOrderType) == 1);
    to.data = from.mutable_data_ptr();
    to.sizes = from.sizes().data();
    to.dim_order = from.dim_order().data();
    to.rank = static_cast<std::uint8_t>(from.dim());
    to.dtype = static_cast<DType>(from.scalar_type());
    // A plan lasts for one call, in which factors do not change; scratch memory is int8.
    to.is_constant = to.dtype == DType::i32;
  }
  ErrorCode tensor(const char* name, const et::EValue& given, ops::Tensor& value) {
    if (!given.isTensor()) return wrong(name, "a tensor");
    if (given.toTensor().dim() > static_cast<ssize_t>(ops::max_rank))
      return report_.fail(ErrorCode::unsupported, name).add(" has too many dimensions");
    fill(given.toTensor(), value);
    if (value.data == nullptr && given.toTensor().nbytes() != 0)
      return report_.fail(ErrorCode::invalid_argument, name).add(" has no memory");
    return ErrorCode::ok;
  }

  et::KernelRuntimeContext& context_;
  et::Span<et::EValue*> values_;
  ErrorReport& report_;
  std::size_t position_ = 0;
};

}  // namespace

void call_kernel(const ops::Kernel& kernel, et::KernelRuntimeContext& context, et::Span<et::EValue*> arguments) {
  ErrorReport report;
  if (arguments.size() < kernel.arguments) {
    report.fail(ErrorCode::invalid_program, "arguments are missing");
  } else {
    const auto plan = context.allocate_temp(kernel.plan_bytes + std::size_t{1}, alignof(std::max_align_t));
    Reader reader(context, arguments, report);
    if (!plan.ok())
      report.fail(ErrorCode::arena_too_small, "no temporary memory for the plan");
    else if (kernel.prepare(reader, *plan) == ErrorCode::ok && !kernel.run(*plan))
      report.fail(ErrorCode::invalid_argument, "an index is out of range");
  }
  if (report.code() == ErrorCode::ok) return;
  ET_LOG(Error, "%s: %s", kernel.name, report.text());
  context.fail(report.code() == ErrorCode::arena_too_small ? et::Error::MemoryAllocationFailed
                                                           : et::Error::InvalidArgument);
}

}  // namespace cortado::integrations
