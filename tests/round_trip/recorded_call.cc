#include "tests/round_trip/recorded_call.h"

#include <cstring>

namespace cortado::tests {
namespace {

ir::Type type_of(const ops::Tensor& tensor) {
  return {
      tensor.dtype, {tensor.sizes, tensor.sizes + tensor.rank}, {tensor.dim_order, tensor.dim_order + tensor.rank}, {}};
}

// Gives another reader's arguments and keeps them.
class RecordingReader final : public ops::ArgumentReader {
 public:
  RecordingReader(const ops::WireOperator& wire, ops::ArgumentReader& inner, const IsConstant& is_constant,
                  RecordedCall& call)
      : wire_(wire), inner_(inner), is_constant_(is_constant), call_(call) {}

  ErrorCode read(const char* name, ops::Tensor& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalTensor& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::TensorList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, std::int64_t& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalInt& x) override { return kept(name, x); }
  ErrorCode read(const char* name, double& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalNumber& x) override { return kept(name, x); }
  ErrorCode read(const char* name, bool& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::IntList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalIntList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::NumberList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalNumberList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::BoolList& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::Scalar& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalScalar& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::String& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalString& x) override { return kept(name, x); }
  ErrorCode read(const char* name, ops::OptionalDType& x) override { return kept(name, x); }
  ErrorReport& report() override { return inner_.report(); }

  // Once everything is read.
  void finish() {
    std::vector<ir::Type> types;
    for (const ops::Tensor& tensor : call_.outputs) types.push_back(type_of(tensor));
    const ir::Node* node = call_.graph.append(std::string(wire_.name), "call", std::move(arguments_), std::move(types));
    for (std::size_t i = 0; i < node->outputs.size(); ++i)
      call_.graph.add_output(*node->outputs[i], "output_" + std::to_string(i));
  }

 private:
  template <class T>
  ErrorCode kept(const char* name, T& x) {
    const ErrorCode code = inner_.read(name, x);
    if (code != ErrorCode::ok) return code;
    if (arguments_.size() + wire_.outputs < wire_.fields.size())
      arguments_.push_back({name, argument(name, x)});
    else
      keep_output(x);
    return code;
  }

  void keep_output(const ops::Tensor& x) { call_.outputs.push_back(x); }
  void keep_output(const ops::TensorList& x) { call_.outputs.assign(x.values, x.values + x.count); }
  template <class T>
  void keep_output(const T&) {}

  ir::Argument argument(const std::string& name, const ops::Tensor& x) { return value(name, x); }
  ir::Argument argument(const std::string& name, const ops::TensorList& x) {
    ir::ValueList list;
    for (std::uint32_t i = 0; i < x.count; ++i) {
      const bool absent = x[i].data == nullptr && x[i].rank == 0;
      list.push_back(absent ? nullptr : value(name + "_" + std::to_string(i), x[i]));
    }
    return list;
  }
  ir::Argument argument(const std::string&, std::int64_t x) {
    const bool is_dtype = wire_.fields[arguments_.size()].kind == ops::Field::Kind::dtype;
    return is_dtype ? ir::Argument(static_cast<DType>(x)) : ir::Argument(x);
  }
  ir::Argument argument(const std::string&, double x) { return x; }
  ir::Argument argument(const std::string&, bool x) { return x; }
  ir::Argument argument(const std::string&, const ops::IntList& x) {
    return std::vector<std::int64_t>(x.values, x.values + x.count);
  }
  ir::Argument argument(const std::string&, const ops::NumberList& x) {
    return std::vector<double>(x.values, x.values + x.count);
  }
  ir::Argument argument(const std::string&, const ops::BoolList& x) {
    return std::vector<bool>(x.values, x.values + x.count);
  }
  ir::Argument argument(const std::string&, const ops::String& x) { return std::string(x.text, x.length); }
  ir::Argument argument(const std::string&, const ops::Scalar& x) {
    if (x.is_boolean) return x.integer != 0;
    return x.is_integer ? ir::Argument(x.integer) : ir::Argument(x.number);
  }
  // Optional arguments: those without a value of their own are what they are made of.
  ir::Argument argument(const std::string&, const ops::OptionalInt& x) {
    return x.present ? ir::Argument(x.value) : ir::Argument();
  }
  ir::Argument argument(const std::string&, const ops::OptionalNumber& x) {
    return x.present ? ir::Argument(x.value) : ir::Argument();
  }
  ir::Argument argument(const std::string&, const ops::OptionalDType& x) {
    return x.present ? ir::Argument(x.value) : ir::Argument();
  }
  ir::Argument argument(const std::string& name, const ops::OptionalTensor& x) {
    return optional<ops::Tensor>(name, x);
  }
  ir::Argument argument(const std::string& name, const ops::OptionalIntList& x) {
    return optional<ops::IntList>(name, x);
  }
  ir::Argument argument(const std::string& name, const ops::OptionalNumberList& x) {
    return optional<ops::NumberList>(name, x);
  }
  ir::Argument argument(const std::string& name, const ops::OptionalScalar& x) {
    return optional<ops::Scalar>(name, x);
  }
  ir::Argument argument(const std::string& name, const ops::OptionalString& x) {
    return optional<ops::String>(name, x);
  }
  template <class Base, class T>
  ir::Argument optional(const std::string& name, const T& x) {
    return x.present ? argument(name, static_cast<const Base&>(x)) : ir::Argument();
  }

  ir::Value* value(const std::string& name, const ops::Tensor& x) {
    if (is_constant_(name, x)) {
      ir::Value* constant = call_.graph.add_constant(name, logical_tensor(x));
      constant->type.dim_order = type_of(x).dim_order;
      return constant;
    }
    call_.inputs.push_back(x.data != nullptr ? logical_tensor(x) : ir::Tensor());
    return call_.graph.add_input(name, type_of(x));
  }

  const ops::WireOperator& wire_;
  ops::ArgumentReader& inner_;
  const IsConstant& is_constant_;
  RecordedCall& call_;
  std::vector<ir::NamedArgument> arguments_;
};

}  // namespace

ir::Tensor logical_tensor(const ops::Tensor& tensor) {
  ir::Shape shape;
  for (std::uint8_t i = 0; i < tensor.rank; ++i) shape.push_back(tensor.sizes[tensor.dim_order[i]]);
  ir::Tensor physical(tensor.dtype, shape);
  if (tensor.bytes() != 0) std::memcpy(physical.mutable_bytes().data(), tensor.data, tensor.bytes());
  return ir::to_logical(physical, {tensor.dim_order, tensor.dim_order + tensor.rank});
}

ErrorCode prepare_and_record(const ops::WireOperator& wire, ops::ArgumentReader& reader, void* plan,
                             const IsConstant& is_constant, RecordedCall& call) {
  call = {};
  RecordingReader recording(wire, reader, is_constant, call);
  const ErrorCode code = wire.kernel->prepare(recording, plan);
  if (code == ErrorCode::ok) recording.finish();
  return code;
}

}  // namespace cortado::tests
